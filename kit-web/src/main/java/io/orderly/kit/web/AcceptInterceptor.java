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
 * Decides before a handler does anything whether the client takes what it would answer with (RFC 9110, section 12.5.1). Spring
 * decides when it writes the answer, after an order was placed, and it knows neither that {@code q=0} means "not this one" nor
 * that {@code application/problem+json} is no name for a list of orders.
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

    /** What the handler says it produces; JSON if it says nothing. */
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
