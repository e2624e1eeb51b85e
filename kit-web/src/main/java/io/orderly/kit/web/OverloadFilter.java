package io.orderly.kit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Load shedding: limits the number of concurrent requests and refuses further ones at once. Each request has its own virtual
 * thread, so without a limit, requests that wait for a database connection would accumulate until the memory is full. Comes
 * after {@link BufferedBodyFilter}, so that incomplete requests do not count.
 *
 * <p>The actuator endpoints are exempt: health and metrics must be available under load.
 */
final class OverloadFilter extends OncePerRequestFilter {

    private final ConcurrencyLimit limit;
    private final OverloadResponse overloadResponse;

    OverloadFilter(ConcurrencyLimit limit, OverloadResponse overloadResponse) {
        this.limit = limit;
        this.overloadResponse = overloadResponse;
    }

    int inProgress() {
        return limit.inProgress();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // the normalized path; the URI may have dot segments, such as /actuator/../orders
        return request.getServletPath().startsWith("/actuator");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!limit.tryEnter()) {
            overloadResponse.writeTo(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            limit.leave();
        }
    }
}
