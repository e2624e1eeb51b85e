package io.orderly.kit.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks before the handler is called whether the client accepts its media type (RFC 9110, section 12.5.1). Spring checks
 * only when it writes the response, for example after an order was placed; it also ignores {@code q=0} and lets
 * {@code application/problem+json} match ordinary JSON.
 */
final class AcceptInterceptor implements HandlerInterceptor {

    private static final Set<MediaType> JSON = Set.of(MediaType.APPLICATION_JSON);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && hasBody(method)) {
            Collection<MediaType> offered = offered(request);
            AcceptedTypes accepted = AcceptedTypes.of(request.getHeaders(HttpHeaders.ACCEPT));
            Set<MediaType> acceptable = new LinkedHashSet<>(accepted.bestFirst(offered));
            if (acceptable.isEmpty()) {
                throw new HttpMediaTypeNotAcceptableException(List.copyOf(offered));
            }
            request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, acceptable);
        }
        return true;
    }

    /** The media types that the handler declares; JSON by default. */
    @SuppressWarnings("unchecked")
    private static Collection<MediaType> offered(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> declared
                        && !declared.isEmpty()
                ? (Set<MediaType>) declared
                : JSON;
    }

    private static boolean hasBody(HandlerMethod method) {
        ResolvableType type = ResolvableType.forMethodReturnType(method.getMethod());
        Class<?> body = HttpEntity.class.isAssignableFrom(type.toClass())
                ? type.as(HttpEntity.class).getGeneric(0).toClass()
                : type.toClass();
        return body != void.class && body != Void.class;
    }
}
