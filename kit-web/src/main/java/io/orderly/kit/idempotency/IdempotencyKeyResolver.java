package io.orderly.kit.idempotency;

import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.RequestBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Resolves {@link IdempotencyKey} parameters from the header and the matched endpoint. */
final class IdempotencyKeyResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public IdempotencyKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = (HttpServletRequest) webRequest.getNativeRequest();
        String key = key(request);
        String target = request.getQueryString() == null
                ? request.getRequestURI()
                : request.getRequestURI() + "?" + request.getQueryString();
        String endpoint =
                request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Fingerprint rawFingerprint = Fingerprint.of(request.getMethod(), target, RequestBytes.of(request));
        try {
            return new IdempotencyKey(key, endpoint, target, rawFingerprint, request.getRemoteUser());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(IdempotencyKey.HEADER, String.valueOf(e.getMessage()));
        }
    }

    private static String key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
        return switch (keys.size()) {
            case 0 -> throw ProblemException.invalid(IdempotencyKey.HEADER, "is missing");
            case 1 -> keys.getFirst();
            default -> throw ProblemException.invalid(IdempotencyKey.HEADER, "is given more than once");
        };
    }
}
