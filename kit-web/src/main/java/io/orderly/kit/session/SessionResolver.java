package io.orderly.kit.session;

import io.orderly.kit.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link Session} parameters from the header; a request without it begins a session. */
final class SessionResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Session.class;
    }

    @Override
    public Session resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        HttpServletResponse response = Objects.requireNonNull(webRequest.getNativeResponse(HttpServletResponse.class));
        return new Session(token(request), response);
    }

    private static SessionToken token(HttpServletRequest request) {
        List<String> tokens = Collections.list(request.getHeaders(Session.HEADER));
        if (tokens.size() > 1) {
            throw ProblemException.invalid(Session.HEADER, "is given more than once");
        }
        try {
            return tokens.isEmpty() ? SessionToken.EMPTY : SessionToken.of(tokens.getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(Session.HEADER, String.valueOf(e.getMessage()));
        }
    }
}
