package io.orderly.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * What keeps a part of a request's target from being read.
 *
 * @param part the name of the part, such as that of a parameter; of a long one only the start
 * @param detail a phrase that follows the name, such as {@code must be percent-encoded UTF-8}
 */
public record TargetViolation(String part, String detail) {

    private static final int SHOWN = 40;

    /**
     * @param part what the text stands for
     * @param encoded as it came
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

    /** The flaw of the first parameter that has one. */
    public static Optional<TargetViolation> ofQuery(String query) {
        return Arrays.stream(query.split("&"))
                .flatMap(parameter -> of(shown(parameter.split("=", 2)[0]), parameter).stream())
                .findFirst();
    }

    /** A name that a client chose, short enough to be shown back. */
    public static String shown(String name) {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
    }
}
