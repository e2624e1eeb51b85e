package io.orderly.kit.web;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * The response to a request that is refused because of overload. It is serialized only once, so that a refusal is cheap.
 */
final class OverloadResponse {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final Problem PROBLEM =
            Problem.of(ProblemType.OVERLOADED, "Too many concurrent requests. Try again in a moment.");
    private static final byte[] JSON = PROBLEM.toJson();

    private final Counter count;

    OverloadResponse(Counter count) {
        this.count = count;
    }

    void writeTo(HttpServletResponse response) throws IOException {
        count.increment();
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        PROBLEM.writeTo(response, JSON);
    }
}
