package io.orderly.kit.web;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** The answer to a request that there is no room for. It is made once, so that refusing costs next to nothing. */
final class OverloadResponse {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final Problem PROBLEM =
            Problem.of(ProblemType.OVERLOADED, "Too many requests are under way. Try again in a moment.");
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
