package io.orderly.lab.fault.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.lab.fault.Effect;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.control.FaultReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP interface to inject and heal faults, on the loopback interface only. A fault that was injected for some seconds is healed after them. Web
 * pages cannot use it: a browser names the page in the header {@code Origin}, and such a request is refused.
 */
public final class ControlServer implements AutoCloseable {

    private static final String PATH = "/faults";
    private static final int LARGEST_BODY_BYTES = 64 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");
    private static final String CRASH_POINTS = "/crash-points/";
    private static final Pattern SECONDS = Pattern.compile("seconds=([1-9]\\d{0,3})");
    private static final int MOST_SECONDS = 3_600;

    private final HttpServer server;
    private final FaultInjector faults;
    private final ScheduledExecutorService ends = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fault ends").factory());

    /** When faults end, of those that were injected for some seconds. */
    private final Map<InjectedFault, Instant> endOf = new ConcurrentHashMap<>();

    private ControlServer(HttpServer server, FaultInjector faults) {
        this.server = server;
        this.faults = faults;
    }

    /**
     * @param processes the processes that faults can affect
     * @param links the links that faults can affect
     * @param faults the active faults
     */
    private record Overview(List<String> processes, List<String> links, List<View> faults) {}

    /** @param until when the fault ends; null if it lasts until it is removed */
    private record View(
            String id, Fault fault, Instant since, @Nullable Instant until, Effect effect) {}

    private View view(InjectedFault injected) {
        return new View(
                injected.id(), injected.fault(), injected.since(), endOf.get(injected), injected.verifyTookEffect());
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @throws IOException if the port is in use
     */
    public static ControlServer start(int port, FaultInjector faults) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var control = new ControlServer(server, faults);
        server.createContext("/", control::answer);
        server.start();
        return control;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ControlResponse answer;
            try {
                answer = answerTo(exchange);
            } catch (FaultInjectionException e) {
                answer = e.field() == null
                        ? ControlResponse.problem(
                                409, "Conflict with the current state", String.valueOf(e.getMessage()))
                        : ControlResponse.invalid(e.field(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                answer = ControlResponse.problem(500, "Failure", e.toString());
            }
            exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
            if (answer.body() == null) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                byte[] body = JsonMapper.shared().writeValueAsBytes(answer.body());
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private ControlResponse answerTo(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            return ControlResponse.problem(403, "Forbidden", "requests of web pages are refused");
        }
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(CRASH_POINTS) && exchange.getRequestMethod().equals("GET")) {
            return ControlResponse.ok(Map.of("crashPoints", faults.crashPoints(path.substring(CRASH_POINTS.length()))));
        }
        if (path.equals(PATH)) {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> ControlResponse.ok(overview());
                case "POST" -> inject(exchange, faults::inject, ControlResponse::created);
                case "DELETE" -> {
                    faults.healAll();
                    yield ControlResponse.NO_CONTENT;
                }
                default -> ControlResponse.problem(405, "Method not allowed", "supported are GET, POST and DELETE");
            };
        }
        if (!path.startsWith(PATH + "/")) {
            return ControlResponse.problem(
                    404, "Not found", "the only resources are " + PATH + " and those below " + CRASH_POINTS);
        }
        String name = path.substring(PATH.length() + 1);
        if (!NAME.matcher(name).matches()) {
            return ControlResponse.invalid(
                    "name", "must consist of at most 60 letters, digits, dots, dashes and underscores");
        }
        return switch (exchange.getRequestMethod()) {
            case "GET" ->
                faults.find(name).map(this::view).map(ControlResponse::ok).orElseGet(ControlServer::notFound);
            case "PUT" -> inject(exchange, fault -> faults.inject(name, fault), ControlResponse::ok);
            case "DELETE" ->
                faults.find(name)
                        .map(injected -> {
                            injected.heal();
                            return ControlResponse.NO_CONTENT;
                        })
                        .orElseGet(ControlServer::notFound);
            default -> ControlResponse.problem(405, "Method not allowed", "supported are GET, PUT and DELETE");
        };
    }

    private Overview overview() {
        return new Overview(
                faults.processes(),
                faults.links(),
                faults.active().stream().map(this::view).toList());
    }

    /** Injects the fault of the body; with {@code ?seconds=}, for so long. */
    private ControlResponse inject(
            HttpExchange exchange, Function<Fault, InjectedFault> injection, Function<Object, ControlResponse> answer)
            throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher seconds = SECONDS.matcher(query == null ? "" : query);
        if (query != null && !(seconds.matches() && Integer.parseInt(seconds.group(1)) <= MOST_SECONDS)) {
            return ControlResponse.invalid("seconds", "must be 1 to " + MOST_SECONDS + ", and is the only parameter");
        }
        return read(exchange, fault -> {
            InjectedFault injected = injection.apply(fault);
            if (query != null) {
                endAfter(injected, Integer.parseInt(seconds.group(1)));
            }
            return answer.apply(view(injected));
        });
    }

    private void endAfter(InjectedFault injected, int seconds) {
        endOf.put(injected, injected.since().plusSeconds(seconds));
        // healing may take as long as a process takes to start, so each fault is healed by a thread of its own
        ends.schedule(() -> Thread.ofVirtual().start(() -> end(injected)), seconds, TimeUnit.SECONDS);
    }

    private void end(InjectedFault injected) {
        try {
            injected.heal();
            endOf.remove(injected);
        } catch (FaultInjectionException e) {
            // it stays in the list, with an end in the past, and can be removed by a request
            System.err.printf("Fault %s could not be ended: %s%n", injected.id(), e.getMessage());
        }
    }

    private static ControlResponse read(HttpExchange exchange, Function<Fault, ControlResponse> then)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
        if (body.length > LARGEST_BODY_BYTES) {
            return ControlResponse.problem(413, "Body too large", "the limit is " + LARGEST_BODY_BYTES + " bytes");
        }
        JsonNode json;
        try {
            json = FaultReader.parse(body);
        } catch (JacksonException e) {
            return ControlResponse.problem(
                    400, "Malformed body", "the body is not valid JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            return ControlResponse.problem(400, "Malformed body", "the body must be a JSON object");
        }
        return switch (FaultReader.read(json)) {
            case Reading.Read(Fault fault) -> then.apply(fault);
            case Reading.Invalid(String field, String what) -> ControlResponse.invalid(field, what);
        };
    }

    private static ControlResponse notFound() {
        return ControlResponse.problem(404, "Not found", "no active fault has this name");
    }

    @Override
    public void close() {
        ends.shutdownNow();
        server.stop(0);
    }
}
