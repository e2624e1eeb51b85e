package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Writes the content of a snapshot, in portions of any size. The snapshot exists only after {@link #finish()}; if it is closed
 * before, the file is deleted.
 */
public final class SnapshotWriter extends OutputStream {

    private final Snapshots snapshots;
    private final long slot;
    private final EffectiveMembership effectiveMembership;
    private final String temporary;
    private final DiskFile file;
    private final CRC32C whole = new CRC32C();
    private final ByteBuffer block = ByteBuffer.allocate(SnapshotFile.BLOCK_HEADER_BYTES + SnapshotFile.BLOCK_BYTES);

    private long position = SnapshotFile.HEADER_BYTES;
    private long contentBytes;
    private boolean open = true;

    SnapshotWriter(
            Snapshots snapshots, long slot, EffectiveMembership effectiveMembership, String temporary, DiskFile file)
            throws IOException {
        this.snapshots = snapshots;
        this.slot = slot;
        this.effectiveMembership = effectiveMembership;
        this.temporary = temporary;
        this.file = file;
        file.write(0, SnapshotFile.header(snapshots.cluster(), slot, effectiveMembership));
        block.position(SnapshotFile.BLOCK_HEADER_BYTES);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (!open) {
            throw new IOException(temporary + " is closed");
        }
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, block.remaining());
            block.put(source, offset + done, count);
            done += count;
            if (!block.hasRemaining()) {
                writeBlock();
            }
        }
    }

    private void writeBlock() throws IOException {
        int length = block.position() - SnapshotFile.BLOCK_HEADER_BYTES;
        if (length == 0) {
            return;
        }
        var crc = new CRC32C();
        crc.update(block.array(), SnapshotFile.BLOCK_HEADER_BYTES, length);
        whole.update(block.array(), SnapshotFile.BLOCK_HEADER_BYTES, length);
        block.putInt(0, length).putInt(Integer.BYTES, (int) crc.getValue()).flip();
        file.write(position, block);
        position += SnapshotFile.BLOCK_HEADER_BYTES + length;
        contentBytes += length;
        block.clear().position(SnapshotFile.BLOCK_HEADER_BYTES);
    }

    /**
     * Forces the full blocks written so far. This is optional; it spreads the work of {@link #finish}.
     */
    public void force() throws IOException {
        file.force();
    }

    /**
     * Completes the snapshot durably.
     *
     * @throws IOException if that has failed: there is no such snapshot, and the node must stop
     */
    public Snapshot finish() throws IOException {
        writeBlock();
        ByteBuffer end = ByteBuffer.allocate(SnapshotFile.END_BYTES)
                .putInt(0)
                .putInt((int) whole.getValue())
                .putLong(contentBytes);
        file.write(position, end.flip());
        file.force();
        file.close();
        open = false;
        var snapshot = new Snapshot(slot, effectiveMembership, position + SnapshotFile.END_BYTES);
        snapshots.publish(temporary, new Snapshots.Complete(snapshot, (int) whole.getValue()));
        return snapshot;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            file.close();
            snapshots.discard(temporary);
        }
    }
}
