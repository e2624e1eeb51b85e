package io.orderly.kit.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;

/**
 * Holds every answer against the service's description before the client gets it. It stands in the service rather than in a
 * client, so that no test can pass it by.
 */
final class OpenApiConformanceFilter extends OncePerRequestFilter {

    private static final int MAX_BODY_BYTES = 4 << 20;

    /** What Spring Boot and springdoc serve, and describe themselves. */
    private static final List<String> NOT_OURS = List.of("/actuator", "/v3/api-docs", "/swagger-ui");

    private final String service;
    private final Supplier<OpenApiDescription> description;

    OpenApiConformanceFilter(String service, Supplier<OpenApiDescription> description) {
        this.service = service;
        this.description = description;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = pathOf(request);
        return NOT_OURS.stream().anyMatch(path::startsWith);
    }

    /** What failed on its way is answered by the container's error dispatch. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var read = new ContentCachingRequestWrapper(request, MAX_BODY_BYTES);
        var written = new BufferedResponse(response);
        chain.doFilter(read, written);
        if (written.isLeftToTheContainer()) {
            return;
        }
        hold(exchange(read, written));
        written.copyBodyToResponse();
    }

    private void hold(Exchange exchange) {
        List<String> violations = description.get().violations(exchange);
        OpenApiConformanceResults.add(service);
        if (!violations.isEmpty()) {
            OpenApiConformanceResults.addViolation(exchange + "\n    " + String.join("\n    ", violations));
        }
    }

    private static Exchange exchange(ContentCachingRequestWrapper request, BufferedResponse response) {
        HttpHeaders sent = new HttpHeaders();
        Collections.list(request.getHeaderNames())
                .forEach(name -> sent.addAll(name, Collections.list(request.getHeaders(name))));
        HttpHeaders answered = new HttpHeaders();
        response.getHeaderNames().forEach(name -> answered.addAll(name, List.copyOf(response.getHeaders(name))));
        return new Exchange(
                methodOf(request),
                pathOf(request),
                request.getQueryString(),
                sent,
                request.getContentAsByteArray(),
                response.getStatus(),
                response.getContentType(),
                answered,
                response.getContentAsByteArray());
    }

    /** The method that the client used; the container asks for its error page with GET. */
    private static String methodOf(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return request.getDispatcherType() == DispatcherType.ERROR && failed instanceof String method
                ? method
                : request.getMethod();
    }

    /** The path that the client asked for, also when the container asks for its error page. */
    private static String pathOf(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return request.getDispatcherType() == DispatcherType.ERROR && failed instanceof String path
                ? path
                : request.getRequestURI();
    }
}
