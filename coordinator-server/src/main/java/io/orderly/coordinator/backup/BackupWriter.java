package io.orderly.coordinator.backup;

import io.orderly.coordinator.store.StoreView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Writes a backup, part by part:
 *
 * <ol>
 *   <li>a header of {@value #HEADER_BYTES} bytes: {@code "ORDERLYB"}, then big-endian the format (int, {@value #FORMAT}), the cluster
 *   id (long), the revision (long), the size of the content (long), and zeros;
 *   <li>the content: the state in the format of a {@linkplain io.orderly.coordinator.store.StoreView#snapshot snapshot};
 *   <li>zeros up to a multiple of 512 bytes;
 *   <li>the SHA-256 of everything before, 32 bytes.
 * </ol>
 *
 * <p>etcd's tools check a backup by its size, which is 32 above a multiple of 512.
 */
public final class BackupWriter implements Iterator<byte[]> {

    static final String MAGIC = "ORDERLYB";
    static final int FORMAT = 1;
    static final int HEADER_BYTES = 512;
    private static final int CHECKSUM_BYTES = 32;

    private enum Section {
        HEADER,
        CONTENT,
        PADDING,
        CHECKSUM,
        END
    }

    private final MessageDigest digest = sha256();
    private final Iterator<byte[]> content;
    private final byte[] header;
    private final int paddingBytes;
    private long remainingBytes;
    private Section section = Section.HEADER;

    /** @param view an immutable view; it is encoded twice, the first time for its size */
    public BackupWriter(long clusterId, StoreView view) {
        long contentBytes = sizeOf(view.snapshot());
        content = view.snapshot();
        header = header(clusterId, view.revision(), contentBytes);
        paddingBytes = paddingBytes(contentBytes);
        remainingBytes = sizeInBytes(contentBytes);
    }

    private static int paddingBytes(long contentBytes) {
        return (int) (-contentBytes & HEADER_BYTES - 1);
    }

    /** Of a backup with a content of this size. */
    static long sizeInBytes(long contentBytes) {
        return HEADER_BYTES + contentBytes + paddingBytes(contentBytes) + CHECKSUM_BYTES;
    }

    /** The size of the parts that were not returned yet. */
    public long remainingBytes() {
        return remainingBytes;
    }

    @Override
    public boolean hasNext() {
        return section != Section.END;
    }

    @Override
    public byte[] next() {
        byte[] part = switch (section) {
            case HEADER -> after(Section.CONTENT, header);
            case CONTENT -> content.hasNext() ? content.next() : after(Section.PADDING, new byte[0]);
            case PADDING -> after(Section.CHECKSUM, new byte[paddingBytes]);
            case CHECKSUM -> after(Section.END, digest.digest());
            case END -> throw new NoSuchElementException();
        };
        if (section != Section.END) {
            digest.update(part);
        }
        remainingBytes -= part.length;
        return part;
    }

    private byte[] after(Section next, byte[] part) {
        section = next;
        return part;
    }

    private static byte[] header(long clusterId, long revision, long contentBytes) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .putInt(FORMAT)
                .putLong(clusterId)
                .putLong(revision)
                .putLong(contentBytes);
        return header.array();
    }

    private static long sizeOf(Iterator<byte[]> parts) {
        long size = 0;
        while (parts.hasNext()) {
            size += parts.next().length;
        }
        return size;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
