package io.orderly.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a part of a request target is malformed.
 *
 * @param part the name of the part, such as that of a parameter; a long name is truncated
 * @param detail a phrase that follows the name, such as {@code must be percent-encoded UTF-8}
 */
public record TargetViolation(String part, String detail) {

    private static final int MAX_NAME_LENGTH = 40;

    /**
     * @param part the name of the part, for the violation
     * @param encoded the text as received
     */
    public static Optional<TargetViolation> of(String part, String encoded) {
        var text = PercentEncoding.decode(encoded);
        if (text.isEmpty()) {
            return Optional.of(new TargetViolation(part, "must be percent-encoded UTF-8"));
        }
        return text.get().indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of(new TargetViolation(part, "must not contain NUL characters"));
    }

    /** The violation of the first malformed parameter. */
    public static Optional<TargetViolation> ofQuery(String query) {
        return Arrays.stream(query.split("&"))
                .flatMap(parameter -> of(shown(parameter.split("=", 2)[0]), parameter).stream())
                .findFirst();
    }

    /** Truncates a name that was supplied by a client, for use in an error message. */
    public static String shown(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
    }
}
