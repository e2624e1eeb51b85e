package io.orderly.kit.web;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how many requests are under way, and refuses more of them at once. Each has a thread of its own that costs next to
 * nothing, so without a bound those that wait for a database connection would pile up until the memory is full.
 *
 * <p>What operators look at stays open: health and metrics count for more under load, not for less.
 */
final class OverloadFilter extends OncePerRequestFilter {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final Problem REFUSAL =
            Problem.of(ProblemType.OVERLOADED, "Too many requests are under way. Try again in a moment.");
    private static final byte[] REFUSAL_JSON = REFUSAL.toJson();

    private final Semaphore free;
    private final Counter refusals;

    OverloadFilter(int maxConcurrentRequests, Counter refusals) {
        this.free = new Semaphore(maxConcurrentRequests);
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // the path that will be served; the request's own may lead elsewhere by its dots
        return request.getServletPath().startsWith("/actuator");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!free.tryAcquire()) {
            refusals.increment();
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            REFUSAL.writeTo(response, REFUSAL_JSON);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            free.release();
        }
    }
}
