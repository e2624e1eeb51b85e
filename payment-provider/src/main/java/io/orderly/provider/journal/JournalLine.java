package io.orderly.provider.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The form of one record: {@code <length> <CRC32C> <payload>\n}, the first two as 8 hexadecimal digits each. */
final class JournalLine {

    private static final int HEADER_LENGTH = "01234567 01234567 ".length();
    private static final int CHECKSUM_AT = HEADER_LENGTH / 2;

    private JournalLine() {}

    /** The line of a payload, which holds no line feed and no zero byte. */
    static byte[] of(byte[] payload) {
        var line = Arrays.copyOf(header(payload), HEADER_LENGTH + payload.length + 1);
        System.arraycopy(payload, 0, line, HEADER_LENGTH, payload.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The payload of a line without its line feed, or null if the line is not what {@link #of} wrote. */
    static byte @Nullable [] payload(byte[] line) {
        if (line.length < HEADER_LENGTH) {
            return null;
        }
        var payload = Arrays.copyOfRange(line, HEADER_LENGTH, line.length);
        return Arrays.equals(line, 0, HEADER_LENGTH, header(payload), 0, HEADER_LENGTH) ? payload : null;
    }

    /**
     * Whether these last bytes of a file, which end in no line feed, are the beginning of a line that was cut short. If
     * all of the payload is there, it was not cut: then the line feed is what went wrong.
     */
    static boolean isTorn(byte[] rest) {
        if (rest.length < HEADER_LENGTH) {
            return true;
        }
        try {
            var length = HexFormat.fromHexDigitsToLong(new String(rest, 0, CHECKSUM_AT - 1, StandardCharsets.US_ASCII));
            return rest.length <= HEADER_LENGTH + length;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static byte[] header(byte[] payload) {
        var checksum = new CRC32C();
        checksum.update(payload);
        var hex = HexFormat.of();
        return (hex.toHexDigits(payload.length) + ' ' + hex.toHexDigits((int) checksum.getValue()) + ' ')
                .getBytes(StandardCharsets.US_ASCII);
    }
}
