package io.orderly.provider.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The requirements on texts in requests. */
final class ReadableText {

    private static final int MAX_LENGTH = 200;

    // At least one visible character; besides it marks, spaces, joiners and emoji tags. Letters and symbols that are
    // rendered blank do not count as visible.
    private static final Pattern READABLE = Pattern.compile(
            "[\\p{Zs}\\u200c-\\u200f]*+(?![\\u115f\\u1160\\u2800\\u3164\\uffa0])"
                    + "[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}\\u200c-\\u200f\\x{e0020}-\\x{e007f}]*+");

    private ReadableText() {}

    /**
     * @throws ProblemException 400 if the text is missing, empty, too long, blank, or contains control, formatting or
     *     unassigned characters
     */
    static String require(String field, @Nullable String text) {
        if (text == null) {
            throw ProblemException.malformed(field, "is missing");
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw ProblemException.malformed(
                    field, "must have 1 to %d characters, it has %d".formatted(MAX_LENGTH, text.length()));
        }
        if (!READABLE.matcher(text).matches()) {
            throw ProblemException.malformed(
                    field,
                    "must be visible text without control, formatting or unassigned characters and without lone surrogates");
        }
        return text;
    }
}
