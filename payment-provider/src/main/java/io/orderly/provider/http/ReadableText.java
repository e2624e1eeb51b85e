package io.orderly.provider.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What strings from outside have to be like. */
final class ReadableText {

    private static final int MAX_LENGTH = 200;

    // What is visible, and what may stand beside it: marks, spaces, and what joins letters and emoji. Some letters
    // and symbols are blank.
    private static final Pattern READABLE = Pattern.compile(
            "[\\p{Zs}\\u200c-\\u200f]*+(?![\\u115f\\u1160\\u2800\\u3164\\uffa0])"
                    + "[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}\\u200c-\\u200f\\x{e0020}-\\x{e007f}]*+");

    private ReadableText() {}

    /** @throws ProblemException 400 if the text is missing, empty or too long, shows nothing, or has other than what people write on one line */
    static String readable(String field, @Nullable String text) {
        if (text == null) {
            throw ProblemException.malformed(field, "is missing");
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw ProblemException.malformed(
                    field, "must have 1 to %d characters, it has %d".formatted(MAX_LENGTH, text.length()));
        }
        if (!READABLE.matcher(text).matches()) {
            throw ProblemException.malformed(
                    field, "must be visible, without control, formatting or unassigned characters or halves of them");
        }
        return text;
    }
}
