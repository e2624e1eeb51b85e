package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.HybridTime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each response a {@link Position}, also one that never reaches the coordinator. */
final class PositionFilter extends OncePerRequestFilter {

    private final Coordinator coordinator;

    PositionFilter(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HybridTime.receive(coordinator.clock(), request.getHeader(HybridTime.HEADER));
        Position.of(coordinator).writeTo(response);
        chain.doFilter(request, response);
    }
}
