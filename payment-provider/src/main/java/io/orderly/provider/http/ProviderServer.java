package io.orderly.provider.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.provider.faults.Fate;
import io.orderly.provider.faults.Faults;
import io.orderly.provider.http.Route.Reach;
import io.orderly.provider.journal.DurableBook;
import io.orderly.provider.journal.JournalFailedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves the {@link io.orderly.provider.http API}, one virtual thread per request. */
public final class ProviderServer implements AutoCloseable {

    static {
        // The JDK's server reads these once, when it is first used.
        // Without it the answer's header waits for the client's delayed acknowledgement, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Longer than clients keep idle connections (the JDK's: 30 s), so that none is closed under a request.
        System.setProperty("sun.net.httpserver.idleInterval", "120");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        // A request, head and body, has 10 s to arrive; a client that sends a byte now and then would hold its
        // connection.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", String.valueOf(32 * 1024));
        System.setProperty("jdk.httpserver.maxConnections", "2000");
        // What is left of a refused body is read so that its sender gets to see why, but not without end.
        System.setProperty("sun.net.httpserver.drainAmount", String.valueOf(8 * 1024 * 1024));
    }

    private static final System.Logger LOG = System.getLogger(ProviderServer.class.getName());
    private static final int STOP_SECONDS = 1;

    private final Faults faults;
    private final List<Route> routes;
    private final HttpServer server;
    private final LongAdder requests = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ProviderServer(InetSocketAddress address, DurableBook book, Faults faults) throws IOException {
        this.faults = faults;
        this.routes = Stream.concat(
                        new Api(book, faults).routes().stream(),
                        Stream.of(new Route("GET", "/traffic", Reach.NOTHING, _ -> Map.of("requests", requests.sum()))))
                .toList();
        this.server = HttpServer.create(address, 1024);
    }

    /**
     * Starts serving.
     *
     * @param address to listen on; port 0 takes a free one
     * @throws IOException if the address is taken or not ours
     */
    public static ProviderServer start(InetSocketAddress address, DurableBook book, Faults faults) throws IOException {
        var server = new ProviderServer(address, book, faults);
        server.server.createContext("/", server::handle);
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    /** The address it listens on, with the port that was taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private record Answer(int status, String contentType, byte[] body, Optional<String> allow) {

        static Answer ok(Object value) {
            return new Answer(200, "application/json", Json.write(value), Optional.empty());
        }

        static Answer problem(Problem problem) {
            return new Answer(
                    problem.details().status(),
                    "application/problem+json",
                    Json.write(problem.details()),
                    Optional.empty());
        }

        Answer allowing(String methods) {
            return new Answer(status, contentType, body, Optional.of(methods));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that was not answered closes its connection.
        try (exchange) {
            var answer = answer(exchange);
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        answer.allow().ifPresent(methods -> headers.set("Allow", methods));
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        // Closing waits for what is left of the request before it sends what is left of the answer.
        exchange.getResponseBody().flush();
    }

    /** The answer, or empty if the connection is to close without one. */
    private Optional<Answer> answer(HttpExchange exchange) {
        try {
            if (exchange.getRequestHeaders().getFirst("Content-Length") instanceof String length
                    && Long.parseLong(length) > Call.MAX_BODY_BYTES) {
                throw Call.tooLarge();
            }
            return route(exchange, body(exchange));
        } catch (Problem problem) {
            return Optional.of(Answer.problem(problem));
        } catch (JournalFailedException _) {
            // The journal has said why, and ends the process.
            return Optional.of(Answer.problem(unavailable("The book cannot be written; the outcome is unknown")));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A request failed", e);
            return Optional.of(Answer.problem(internalError()));
        }
    }

    /** All of it, before anything is done: a delay ordered by a fault is no reason to run out of the time to arrive. */
    private static byte[] body(HttpExchange exchange) {
        byte[] body;
        try {
            body = exchange.getRequestBody().readNBytes(Call.MAX_BODY_BYTES + 1);
        } catch (IOException _) {
            throw new Problem(
                    400, "Malformed request", "The body ended early, is late or is not framed as HTTP asks", null);
        }
        if (body.length > Call.MAX_BODY_BYTES) {
            throw Call.tooLarge();
        }
        return body;
    }

    private Optional<Answer> route(HttpExchange exchange, byte[] body) throws IOException {
        Text.requireReadableQuery(exchange.getRequestURI());
        var segments = Route.segments(exchange.getRequestURI().getRawPath());
        var covering = routes.stream().filter(route -> route.covers(segments)).toList();
        if (covering.isEmpty()) {
            throw new Problem(404, "Not found", "There is nothing under this path", null);
        }
        // The answer to HEAD is that to GET, without its body.
        var head = exchange.getRequestMethod().equals("HEAD");
        var method = head ? "GET" : exchange.getRequestMethod();
        for (var route : covering) {
            if (route.method().equals(method)) {
                return follow(
                        route, new Call(exchange, body, route.rawKey(segments).orElse(null)));
            }
        }
        var allowed = covering.stream()
                .map(Route::method)
                .flatMap(each -> each.equals("GET") ? Stream.of(each, "HEAD") : Stream.of(each))
                .collect(Collectors.joining(", "));
        return Optional.of(Answer.problem(new Problem(405, "Method not allowed", "This path takes " + allowed, null))
                .allowing(allowed));
    }

    private Optional<Answer> follow(Route route, Call call) throws IOException {
        if (route.reach() == Reach.ALL_FAULTS) {
            requests.increment();
        }
        if (route.reach() != Reach.NOTHING && faults.outage()) {
            throw unavailable("The provider is out of service");
        }
        if (route.reach() != Reach.ALL_FAULTS) {
            return Optional.of(Answer.ok(route.answer().answer(call)));
        }
        var fate = faults.next();
        pause(fate);
        return switch (fate.ending()) {
            case ANSWER -> Optional.of(Answer.ok(route.answer().answer(call)));
            case ERROR_BEFORE -> throw internalError();
            case ERROR_AFTER -> {
                route.answer().answer(call);
                throw internalError();
            }
            case SILENCE_AFTER -> {
                route.answer().answer(call);
                yield Optional.empty();
            }
        };
    }

    private static void pause(Fate fate) {
        try {
            Thread.sleep(fate.delayMillis());
        } catch (InterruptedException _) {
            // The process ends; let the request finish sooner.
            Thread.currentThread().interrupt();
        }
    }

    private static Problem internalError() {
        return new Problem(500, "Internal error", "Something went wrong here; the outcome is unknown", null);
    }

    private static Problem unavailable(String detail) {
        return new Problem(503, "Unavailable", detail, null);
    }

    /** Takes no more requests and lets those that are under way finish, within a second. */
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
