package io.orderly.kit.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that are unknown to the endpoint, empty, padded with spaces, or given more than once. Spring
 * ignores unknown parameters, treats empty ones as absent, trims values and picks one of several, so a client that misspells
 * a filter would get an unfiltered result.
 */
final class QueryParameterInterceptor implements HandlerInterceptor {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() == null || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Set<String> known = parametersOf(method);
        List<FieldError> errors = new ArrayList<>();
        new TreeMap<>(request.getParameterMap()).forEach((name, values) -> {
            if (!known.contains(name)) {
                errors.add(new FieldError(name, "is not a known parameter"));
            } else if (values.length > 1) {
                errors.add(new FieldError(name, "is given more than once"));
            } else if (values[0].isEmpty()) {
                errors.add(new FieldError(name, "must not be empty"));
            } else if (!values[0].equals(values[0].strip())) {
                errors.add(new FieldError(name, "must not begin or end with a space"));
            }
        });
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, errors);
        }
        return true;
    }

    private static Set<String> parametersOf(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(QueryParameterInterceptor::nameOf)
                .collect(Collectors.toSet());
    }

    private static String nameOf(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation != null && !annotation.name().isEmpty()) {
            return annotation.name();
        }
        parameter.initParameterNameDiscovery(NAMES);
        return String.valueOf(parameter.getParameterName());
    }
}
