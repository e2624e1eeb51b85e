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
 * Checks every response against the service's OpenAPI description before it is sent. It is in the service rather than in a
 * client, so that no test can bypass it.
 */
final class OpenApiConformanceFilter extends OncePerRequestFilter {

    private static final int MAX_BODY_BYTES = 4 << 20;

    /** Endpoints of Spring Boot and springdoc. */
    private static final List<String> EXEMPT_PATHS = List.of("/actuator", "/v3/api-docs", "/swagger-ui");

    private final String service;
    private final Supplier<OpenApiDescription> description;

    OpenApiConformanceFilter(String service, Supplier<OpenApiDescription> description) {
        this.service = service;
        this.description = description;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = pathOf(request);
        return EXEMPT_PATHS.stream().anyMatch(path::startsWith);
    }

    /** Failed requests are answered by the container's error dispatch. */
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
        if (written.isErrorPage()) {
            return;
        }
        check(exchange(read, written));
        written.copyBodyToResponse();
    }

    private void check(Exchange exchange) {
        List<String> violations = description.get().violations(exchange);
        OpenApiConformanceResults.add(service);
        if (!violations.isEmpty()) {
            OpenApiConformanceResults.addViolation(exchange + "\n    " + String.join("\n    ", violations));
        }
    }

    private static Exchange exchange(ContentCachingRequestWrapper request, BufferedResponse response) {
        HttpHeaders requestHeaders = new HttpHeaders();
        Collections.list(request.getHeaderNames())
                .forEach(name -> requestHeaders.addAll(name, Collections.list(request.getHeaders(name))));
        HttpHeaders responseHeaders = new HttpHeaders();
        response.getHeaderNames().forEach(name -> responseHeaders.addAll(name, List.copyOf(response.getHeaders(name))));
        return new Exchange(
                methodOf(request),
                pathOf(request),
                request.getQueryString(),
                requestHeaders,
                request.getContentAsByteArray(),
                response.getStatus(),
                response.getContentType(),
                responseHeaders,
                response.getContentAsByteArray());
    }

    /** The client's method; the container's error dispatch has method GET. */
    private static String methodOf(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return request.getDispatcherType() == DispatcherType.ERROR && failed instanceof String method
                ? method
                : request.getMethod();
    }

    /** The client's path, also in the container's error dispatch. */
    private static String pathOf(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return request.getDispatcherType() == DispatcherType.ERROR && failed instanceof String path
                ? path
                : request.getRequestURI();
    }
}
