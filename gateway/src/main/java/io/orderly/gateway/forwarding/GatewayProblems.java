package io.orderly.gateway.forwarding;

import io.orderly.kit.web.Problem;
import io.orderly.kit.web.ProblemType;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/** The responses of the gateway itself, in place of an instance. */
public final class GatewayProblems {

    private static final ProblemType BAD_GATEWAY =
            new ProblemType("bad-gateway", HttpStatus.BAD_GATEWAY, "The instance of the service did not respond");
    private static final ProblemType GATEWAY_TIMEOUT = new ProblemType(
            "gateway-timeout", HttpStatus.GATEWAY_TIMEOUT, "The instance of the service did not respond in time");

    /** The types that services do not have. */
    public static final ProblemTypes TYPES = new ProblemTypes(List.of(BAD_GATEWAY, GATEWAY_TIMEOUT));

    private static final String RETRY_AFTER_SECONDS = "1";

    private GatewayProblems() {}

    /** Whether the page of one of these types is at the path. */
    public static boolean isDescribedAt(String path) {
        return TYPES.types().stream().anyMatch(type -> type.uri().equals(path));
    }

    static ServerResponse malformedTarget() {
        return problem(
                ProblemType.INVALID_REQUEST,
                "The path or the query has characters that must be percent-encoded.",
                Map.of());
    }

    /** No instance received the request. */
    static ServerResponse unavailable(String service) {
        return problem(
                ProblemType.UNAVAILABLE,
                "No instance of the %s is reachable. The request was not processed. Try again in a moment."
                        .formatted(service),
                Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    /** The instance failed after it may have received the request. */
    static ServerResponse failed(String service, String instance, Failure failure) {
        Map<String, String> headers = Map.of(Forwarder.INSTANCE_HEADER, instance);
        return failure == Failure.TIMED_OUT
                ? problem(
                        GATEWAY_TIMEOUT,
                        "The instance of the %s did not respond in time. It may still process the request."
                                .formatted(service),
                        headers)
                : problem(
                        BAD_GATEWAY,
                        "The connection to the instance of the %s broke. It may have processed the request."
                                .formatted(service),
                        headers);
    }

    private static ServerResponse problem(ProblemType type, String detail, Map<String, String> headers) {
        return ServerResponse.status(type.status())
                .headers(all -> all.setAll(headers))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(type, detail));
    }
}
