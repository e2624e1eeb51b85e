package io.orderly.provider.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The format of a record: {@code <length> <CRC32C> <payload>\n}, length and checksum as 8 hexadecimal digits each. */
final class JournalLine {

    private static final int HEADER_LENGTH = "01234567 01234567 ".length();
    private static final int CHECKSUM_AT = HEADER_LENGTH / 2;

    private JournalLine() {}

    /** The line of a payload, which must not contain line feeds and zero bytes. */
    static byte[] of(byte[] payload) {
        var line = Arrays.copyOf(header(payload), HEADER_LENGTH + payload.length + 1);
        System.arraycopy(payload, 0, line, HEADER_LENGTH, payload.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The payload of a line without its line feed; null if the line does not match its length and checksum. */
    static byte @Nullable [] payload(byte[] line) {
        if (line.length < HEADER_LENGTH) {
            return null;
        }
        var payload = Arrays.copyOfRange(line, HEADER_LENGTH, line.length);
        return Arrays.equals(line, 0, HEADER_LENGTH, header(payload), 0, HEADER_LENGTH) ? payload : null;
    }

    /**
     * Whether the last bytes of a file, which do not end with a line feed, are the beginning of an incomplete record.
     * If the whole payload is present, the record is not incomplete but its line feed is corrupt.
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
