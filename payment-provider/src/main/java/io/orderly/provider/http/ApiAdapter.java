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
 * Answers the requests that Tomcat's connector has parsed, and those that it could not parse, and applies the injected
 * faults. It takes the place of Tomcat's servlet container, which would interpret decoded keys as path segments.
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
                        Stream.of(
                                new Route("GET", "/traffic", FaultScope.NONE, _ -> Map.of("requests", requests.sum()))))
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
            // The journal has reported the cause, and the process ends.
            send(response, ProblemException.unavailable("The book cannot be written; the outcome is unknown"));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A request failed", e);
            send(response, ProblemException.internalError());
        }
    }

    private static void send(Response response, ProblemException problem) {
        send(response, problem.details().status(), "application/problem+json", problem.details());
    }

    /** Sends the whole response before the rest of the request is read. */
    private static void send(Response response, int status, String contentType, Object answer) {
        var body = Json.write(answer);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        try {
            response.doWrite(ByteBuffer.wrap(body));
            response.action(ActionCode.CLOSE, null);
        } catch (IOException e) {
            // The client closed the connection, or reads too slowly.
            response.action(ActionCode.CLOSE_NOW, e);
        }
    }

    /** The body of a 200 response; empty if the connection is to be closed without a response. */
    private Optional<Object> answer(Request request, Response response) {
        if (response.getStatus() >= 400) {
            throw ProblemException.ofStatus(response.getStatus());
        }
        // The whole body is read first, so that an injected delay does not count towards the time limit for its
        // arrival.
        var body = RequestBody.of(request);
        var target = RequestTarget.of(
                request.requestURI().toString(), request.queryString().toString());
        request.getParameters().handleQueryParameters();
        var matched = new MatchedRequest(target.key(), request.getParameters(), request.getContentType(), body);
        var candidates = routes.stream()
                .filter(route -> route.template().equals(target.template()))
                .toList();
        if (candidates.isEmpty()) {
            throw new ProblemException(404, "Not found", "There is no resource with this path", null);
        }
        // HEAD is handled as GET; Tomcat omits the body of the response.
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        for (var route : candidates) {
            if (route.method().equals(method)) {
                return dispatch(route, matched);
            }
        }
        var allowed = candidates.stream()
                .map(route -> route.method().equals("GET") ? "GET, HEAD" : route.method())
                .collect(Collectors.joining(", "));
        response.setHeader("Allow", allowed);
        throw new ProblemException(405, "Method not allowed", "This path allows " + allowed, null);
    }

    private Optional<Object> dispatch(Route route, MatchedRequest matched) {
        if (route.faultScope() == FaultScope.ALL) {
            requests.increment();
        }
        if (route.faultScope() != FaultScope.NONE && faults.outage()) {
            throw ProblemException.unavailable("The provider has an outage");
        }
        if (route.faultScope() != FaultScope.ALL) {
            return Optional.of(route.handler().apply(matched));
        }
        var planned = faults.next();
        pause(planned);
        return switch (planned.ending()) {
            case ANSWER -> Optional.of(route.handler().apply(matched));
            case ERROR_BEFORE -> throw ProblemException.internalError();
            case ERROR_AFTER -> {
                route.handler().apply(matched);
                throw ProblemException.internalError();
            }
            case SILENCE_AFTER -> {
                route.handler().apply(matched);
                yield Optional.empty();
            }
        };
    }

    private static void pause(PlannedResponse planned) {
        try {
            Thread.sleep(planned.delayMillis());
        } catch (InterruptedException _) {
            // The process is stopping, so the delay ends early.
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
        // There is no access log.
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        // No state is kept per request.
    }

    @Override
    public @Nullable String getDomain() {
        return null;
    }
}
