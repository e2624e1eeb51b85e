package io.orderly.provider.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What strings from outside have to be like. */
final class Text {

    private static final int SHOWN = 40;

    private Text() {}

    /** @throws Problem 400 if the text is empty or too long, or holds control characters or halves of characters */
    static String readable(String field, String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw Problem.malformed(
                    field, "must have 1 to %d characters, it has %d".formatted(maxLength, text.length()));
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw Problem.malformed(field, "must not hold control characters or halves of characters");
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
