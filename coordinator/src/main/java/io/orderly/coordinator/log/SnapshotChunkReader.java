package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads a chunk of a snapshot's file to be sent, and checks every block that it touches: data that became corrupt since it was
 * written is never sent. All blocks but the last are full, so each is found by its number.
 */
final class SnapshotChunkReader {

    private static final int FULL_BLOCK_BYTES = SnapshotFile.BLOCK_HEADER_BYTES + SnapshotFile.BLOCK_BYTES;

    private final DiskFile file;
    private final Snapshot snapshot;
    private final int checksum;
    private final long offset;
    private final byte[] part;

    /**
     * @param checksum of the whole content, as it was when it was written
     * @param offset in the file
     * @param length the chunk ends at or before the end of the snapshot
     */
    SnapshotChunkReader(DiskFile file, Snapshot snapshot, int checksum, long offset, int length) {
        this.file = file;
        this.snapshot = snapshot;
        this.checksum = checksum;
        this.offset = offset;
        part = new byte[length];
    }

    /** @throws CorruptSnapshotException if a block that it touches is corrupt */
    byte[] read() throws IOException {
        long end = offset + part.length;
        long contentEnd = snapshot.sizeInBytes() - SnapshotFile.END_BYTES;
        if (offset < SnapshotFile.HEADER_BYTES) {
            readHeader();
        }
        long first = Math.max(0, offset - SnapshotFile.HEADER_BYTES) / FULL_BLOCK_BYTES;
        for (long at = SnapshotFile.HEADER_BYTES + first * FULL_BLOCK_BYTES;
                at < Math.min(end, contentEnd);
                at += FULL_BLOCK_BYTES) {
            readBlock(at, (int) Math.min(FULL_BLOCK_BYTES, contentEnd - at));
        }
        if (end > contentEnd) {
            readEnd(contentEnd);
        }
        return part;
    }

    private void readHeader() throws IOException {
        ByteBuffer header = read(0, SnapshotFile.HEADER_BYTES);
        if (header.getInt(SnapshotFile.HEADER_BYTES - Integer.BYTES) != SnapshotFile.checksum(header)) {
            throw corrupt("its header does not have the right checksum");
        }
    }

    private void readBlock(long at, int length) throws IOException {
        ByteBuffer block = read(at, length);
        var crc = new CRC32C();
        crc.update(block.array(), SnapshotFile.BLOCK_HEADER_BYTES, length - SnapshotFile.BLOCK_HEADER_BYTES);
        if (block.getInt() != length - SnapshotFile.BLOCK_HEADER_BYTES || block.getInt() != (int) crc.getValue()) {
            throw corrupt("the block at byte " + at + " is corrupt");
        }
    }

    private void readEnd(long at) throws IOException {
        ByteBuffer end = read(at, SnapshotFile.END_BYTES);
        long blocks = (at - SnapshotFile.HEADER_BYTES + FULL_BLOCK_BYTES - 1) / FULL_BLOCK_BYTES;
        long contentBytes = at - SnapshotFile.HEADER_BYTES - blocks * SnapshotFile.BLOCK_HEADER_BYTES;
        if (end.getInt() != 0 || end.getInt() != checksum || end.getLong() != contentBytes) {
            throw corrupt("its end does not have the right checksum");
        }
    }

    /** Reads bytes of the file, and keeps those that belong to the chunk. */
    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (file.read(at, bytes) < length) {
            throw corrupt("it was truncated");
        }
        long from = Math.max(at, offset);
        long to = Math.min(at + length, offset + part.length);
        if (from < to) {
            System.arraycopy(bytes.array(), (int) (from - at), part, (int) (from - offset), (int) (to - from));
        }
        return bytes.flip();
    }

    private CorruptSnapshotException corrupt(String why) {
        return new CorruptSnapshotException(SnapshotFile.name(snapshot.slot()), why);
    }
}
