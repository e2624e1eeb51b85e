package io.orderly.kit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how many requests are under way, and refuses more of them at once. Each has a thread of its own that costs next to
 * nothing, so without a bound those that wait for a database connection would pile up until the memory is full. Stands behind
 * {@link BufferedBodyFilter}, so that a request that is still arriving takes no place.
 *
 * <p>What operators look at stays open: health and metrics count for more under load, not for less.
 */
final class OverloadFilter extends OncePerRequestFilter {

    private final Semaphore free;
    private final OverloadResponse overloadResponse;

    OverloadFilter(int maxConcurrentRequests, OverloadResponse overloadResponse) {
        this.free = new Semaphore(maxConcurrentRequests);
        this.overloadResponse = overloadResponse;
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
            overloadResponse.writeTo(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            free.release();
        }
    }
}
