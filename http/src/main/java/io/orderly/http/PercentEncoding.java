package io.orderly.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Percent-encoding of text in a path or a query, RFC 3986. */
public final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * Decodes strictly; the JDK's decoder would replace bytes that are not UTF-8.
     *
     * @param encoded ASCII characters; a plus sign is not decoded to a space
     * @return empty if the text is not percent-encoded UTF-8
     */
    public static Optional<String> decode(String encoded) {
        try {
            // URLDecoder decodes HTML forms, where a plus sign is a space.
            var bytes =
                    URLDecoder.decode(encoded.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
