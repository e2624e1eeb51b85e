package io.orderly.kit.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that is there and has no value. Spring takes it for absent where the type is an enum, a number or a
 * UUID, so a client whose variable is empty would get all there is in place of what it asked for.
 */
final class EmptyParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            List<FieldError> errors = Arrays.stream(method.getMethodParameters())
                    .map(MethodParameter::getParameter)
                    .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                    .map(EmptyParameters::nameOf)
                    .filter(name -> isEmpty(request, name))
                    .map(name -> new FieldError(name, "must not be empty"))
                    .toList();
            if (!errors.isEmpty()) {
                throw new ProblemException(ProblemType.INVALID_REQUEST, errors);
            }
        }
        return true;
    }

    private static String nameOf(Parameter parameter) {
        String name = Objects.requireNonNull(parameter.getAnnotation(RequestParam.class))
                .name();
        return name.isEmpty() ? parameter.getName() : name;
    }

    private static boolean isEmpty(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values != null && Arrays.stream(values).anyMatch(String::isBlank);
    }
}
