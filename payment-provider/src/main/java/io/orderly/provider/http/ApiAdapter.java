package io.orderly.provider.http;

import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.faults.PlannedResponse;
import io.orderly.provider.http.Route.FaultScope;
import io.orderly.provider.journal.DurableBook;
import io.orderly.provider.journal.JournalFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that Tomcat's connector has read, and those that it could not read, unless a fault is to befall them. It
 * stands where Tomcat has its servlet container, which would decode keys into further steps of a path.
 */
final class ApiAdapter implements Adapter {

    private static final System.Logger LOG = System.getLogger(ApiAdapter.class.getName());

    private final FaultInjector faults;
    private final List<Route> routes;
    private final LongAdder requests = new LongAdder();

    ApiAdapter(DurableBook book, FaultInjector faults) {
        this.faults = faults;
        this.routes = Stream.concat(
                        new Endpoints(book, faults).routes().stream(),
                        Stream.of(new Route(
                                "GET", "/traffic", FaultScope.NOTHING, _ -> Map.of("requests", requests.sum()))))
                .toList();
    }

    @Override
    public void service(Request request, Response response) {
        try {
            var answer = answer(request, response);
            if (answer.isPresent()) {
                send(response, 200, "application/json", answer.get());
            } else {
                response.action(ActionCode.CLOSE_NOW, null);
            }
        } catch (ProblemException problem) {
            send(response, problem);
        } catch (JournalFailedException _) {
            // The journal has said why, and ends the process.
            send(response, ProblemException.unavailable("The book cannot be written; the outcome is unknown"));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A request failed", e);
            send(response, ProblemException.internalError());
        }
    }

    private static void send(Response response, ProblemException problem) {
        send(response, problem.details().status(), "application/problem+json", problem.details());
    }

    /** Sends all of it, before what is left of the request is waited for. */
    private static void send(Response response, int status, String contentType, Object answer) {
        var body = Json.write(answer);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        try {
            response.doWrite(ByteBuffer.wrap(body));
            response.action(ActionCode.CLOSE, null);
        } catch (IOException e) {
            // The client is gone, or takes too long to read.
            response.action(ActionCode.CLOSE_NOW, e);
        }
    }

    /** What to answer with 200; empty if the connection is to close without an answer. */
    private Optional<Object> answer(Request request, Response response) {
        if (response.getStatus() >= 400) {
            throw ProblemException.ofStatus(response.getStatus());
        }
        // All of the body before anything is done: a delay ordered by a fault is no reason to run out of the time to
        // arrive.
        var body = RequestBody.of(request);
        var target = RequestTarget.of(
                request.requestURI().toString(), request.queryString().toString());
        request.getParameters().handleQueryParameters();
        var call = new MatchedRequest(target.key(), request.getParameters(), request.getContentType(), body);
        var here = routes.stream()
                .filter(route -> route.template().equals(target.template()))
                .toList();
        if (here.isEmpty()) {
            throw new ProblemException(404, "Not found", "There is nothing under this path", null);
        }
        // The answer to HEAD is that to GET, of which Tomcat leaves out the body.
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        for (var route : here) {
            if (route.method().equals(method)) {
                return follow(route, call);
            }
        }
        var allowed = here.stream()
                .map(route -> route.method().equals("GET") ? "GET, HEAD" : route.method())
                .collect(Collectors.joining(", "));
        response.setHeader("Allow", allowed);
        throw new ProblemException(405, "Method not allowed", "This path takes " + allowed, null);
    }

    private Optional<Object> follow(Route route, MatchedRequest call) {
        if (route.reach() == FaultScope.ALL_FAULTS) {
            requests.increment();
        }
        if (route.reach() != FaultScope.NOTHING && faults.outage()) {
            throw ProblemException.unavailable("The provider is out of service");
        }
        if (route.reach() != FaultScope.ALL_FAULTS) {
            return Optional.of(route.handler().apply(call));
        }
        var fate = faults.next();
        pause(fate);
        return switch (fate.ending()) {
            case ANSWER -> Optional.of(route.handler().apply(call));
            case ERROR_BEFORE -> throw ProblemException.internalError();
            case ERROR_AFTER -> {
                route.handler().apply(call);
                throw ProblemException.internalError();
            }
            case SILENCE_AFTER -> {
                route.handler().apply(call);
                yield Optional.empty();
            }
        };
    }

    private static void pause(PlannedResponse fate) {
        try {
            Thread.sleep(fate.delayMillis());
        } catch (InterruptedException _) {
            // The process ends; let the request finish sooner.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean prepare(Request request, Response response) {
        return true;
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) {
        return false;
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        // There is no log of accesses.
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        // Nothing of a request is kept.
    }

    @Override
    public @Nullable String getDomain() {
        return null;
    }
}
