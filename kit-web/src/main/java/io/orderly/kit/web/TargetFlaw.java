package io.orderly.kit.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;

/**
 * What keeps a target from being read. Tomcat reads the query, and Spring the parameters within the path, only when something
 * asks for them, where the failure can no longer be told from one of our own.
 */
final class TargetFlaw {

    private static final int SHOWN = 40;

    private TargetFlaw() {}

    /** @return what is wrong with the path or the query; empty if nothing is */
    static Optional<FieldError> of(HttpServletRequest request) {
        Optional<FieldError> flaw = flawOf("path", request.getRequestURI());
        String query = request.getQueryString();
        if (flaw.isPresent() || query == null) {
            return flaw;
        }
        return Arrays.stream(query.split("&"))
                .flatMap(parameter -> flawOf(shown(parameter.split("=", 2)[0]), parameter).stream())
                .findFirst()
                .or(() -> flawFoundByTomcat(request));
    }

    private static Optional<FieldError> flawOf(String field, String encoded) {
        if (encoded.indexOf('%') < 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0
                    ? Optional.empty()
                    : Optional.of(new FieldError(field, "must not contain NUL characters"));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.of(new FieldError(field, "must be percent-encoded UTF-8"));
        }
    }

    private static Optional<FieldError> flawFoundByTomcat(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return Optional.empty();
        } catch (InvalidParameterException e) {
            return Optional.of(new FieldError("query", "has too many parameters, or some that cannot be read"));
        }
    }

    private static String shown(String name) {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
    }
}
