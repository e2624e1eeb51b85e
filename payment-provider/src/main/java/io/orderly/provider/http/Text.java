package io.orderly.provider.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What strings from outside have to be like. */
final class Text {

    private static final int SHOWN = 40;

    // What is visible, and what may stand beside it: marks, spaces, and what joins letters and emoji. Some letters and
    // symbols
    // are blank.
    private static final Pattern READABLE = Pattern.compile(
            "[\\p{Zs}\\u200c-\\u200f]*+(?![\\u115f\\u1160\\u2800\\u3164\\uffa0])"
                    + "[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}\\u200c-\\u200f\\x{e0020}-\\x{e007f}]*+");

    private Text() {}

    /** @throws Problem 400 if the text is empty or too long, shows nothing, or has other than what people write on one line */
    static String readable(String field, String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw Problem.malformed(
                    field, "must have 1 to %d characters, it has %d".formatted(maxLength, text.length()));
        }
        if (!READABLE.matcher(text).matches()) {
            throw Problem.malformed(
                    field, "must be visible, without control, formatting or unassigned characters or halves of them");
        }
        return text;
    }

    /**
     * Decodes one segment of a path.
     *
     * @throws Problem 400 if it is not percent-encoded UTF-8
     */
    static String decoded(String field, String segment) {
        var bytes = new ByteArrayOutputStream(segment.length());
        try {
            for (int i = 0; i < segment.length(); i++) {
                var c = segment.charAt(i);
                if (c == '%') {
                    bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
                    i += 2;
                } else if (c < 0x80) {
                    bytes.write(c);
                } else {
                    throw notEncoded(field);
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException | NumberFormatException | IndexOutOfBoundsException _) {
            throw notEncoded(field);
        }
    }

    /** @throws Problem 400 if the query is not percent-encoded UTF-8, or holds NUL characters */
    static void requireReadableQuery(URI uri) {
        if (uri.getRawQuery() instanceof String query) {
            for (var parameter : query.split("&")) {
                var name = shortened(parameter.split("=", 2)[0]);
                if (decoded(name, parameter).indexOf('\0') >= 0) {
                    throw Problem.malformed(name, "must not contain NUL characters");
                }
            }
        }
    }

    private static Problem notEncoded(String field) {
        return Problem.malformed(field, "must be percent-encoded UTF-8");
    }

    /** Text that may be long, for showing it back. */
    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
