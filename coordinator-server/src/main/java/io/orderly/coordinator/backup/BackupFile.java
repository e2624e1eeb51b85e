package io.orderly.coordinator.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A backup, as a {@link BackupWriter} wrote it, that was checked as a whole.
 *
 * @param clusterId of the cluster that was backed up, as in the headers of its responses
 * @param revision of its store
 * @param checksum the SHA-256 of the file without its last 32 bytes, which are the checksum; in hexadecimal digits
 */
public record BackupFile(Path file, long clusterId, long revision, long contentBytes, String checksum) {

    private static final int CHECKSUM_BYTES = 32;
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * Reads the whole file, and checks it.
     *
     * @throws InvalidBackupException if it is no backup, or is damaged
     * @throws IOException if it cannot be read
     */
    public static BackupFile check(Path file) throws IOException {
        long size = Files.size(file);
        try (var source = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            MessageDigest digest = BackupWriter.sha256();
            byte[] header = new byte[BackupWriter.HEADER_BYTES];
            source.readFully(header);
            digest.update(header);
            var fields = new DataInputStream(new ByteArrayInputStream(header));
            String magic = new String(fields.readNBytes(BackupWriter.MAGIC.length()), StandardCharsets.US_ASCII);
            int format = fields.readInt();
            if (!magic.equals(BackupWriter.MAGIC)) {
                throw new InvalidBackupException(file, "it does not begin as one");
            }
            if (format != BackupWriter.FORMAT) {
                throw new InvalidBackupException(
                        file, "it has format %d, and this program reads %d".formatted(format, BackupWriter.FORMAT));
            }
            long clusterId = fields.readLong();
            long revision = fields.readLong();
            long contentBytes = fields.readLong();
            if (contentBytes < 0 || contentBytes > size || size != BackupWriter.sizeInBytes(contentBytes)) {
                throw new InvalidBackupException(
                        file, "it has %d bytes, which do not fit a content of %d".formatted(size, contentBytes));
            }
            readContent(source, size - header.length - CHECKSUM_BYTES, digest);
            byte[] checksum = source.readNBytes(CHECKSUM_BYTES);
            if (!MessageDigest.isEqual(checksum, digest.digest())) {
                throw new InvalidBackupException(file, "its checksum is wrong: it is damaged");
            }
            return new BackupFile(
                    file, clusterId, revision, contentBytes, HexFormat.of().formatHex(checksum));
        } catch (EOFException e) {
            throw new InvalidBackupException(file, "it has only %d bytes".formatted(size));
        }
    }

    private static void readContent(InputStream source, long bytes, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int read = source.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            if (read == 0) {
                throw new EOFException();
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    /** The state, in the format of a snapshot. */
    public InputStream content() throws IOException {
        InputStream source = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        source.skipNBytes(BackupWriter.HEADER_BYTES);
        return new ContentStream(source, contentBytes);
    }

    /** Ends where the content does. */
    private static final class ContentStream extends FilterInputStream {

        private long left;

        ContentStream(InputStream source, long bytes) {
            super(source);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int read = super.read(target, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }
    }
}
