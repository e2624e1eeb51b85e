package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a node: written to a temporary file, forced, then renamed, so that a file with the final name is complete. The newest
 * snapshot is kept, and older ones until they are deleted.
 *
 * <p>May be used concurrently with the log, by one thread at a time; {@link #readChunk} also by another thread at the same time. An {@link
 * IOException} other than {@link CorruptSnapshotException} stops the node.
 */
public final class Snapshots {

    private static final String TAKEN = ".taken" + Disk.TEMPORARY;
    private static final String RECEIVED = "received" + Disk.TEMPORARY;

    private final Disk disk;
    private final UUID cluster;

    /** By slot. */
    private final ConcurrentNavigableMap<Long, Complete> complete = new ConcurrentSkipListMap<>();

    private @Nullable Incoming incoming;

    /** @param checksum of its content, as it was written */
    record Complete(Snapshot snapshot, int checksum) {}

    /** A snapshot that another node sends. */
    private record Incoming(Snapshot snapshot, DiskFile file) {}

    Snapshots(Disk disk, UUID cluster, @Nullable Complete newest) {
        this.disk = disk;
        this.cluster = cluster;
        if (newest != null) {
            complete.put(newest.snapshot.slot(), newest);
        }
    }

    UUID cluster() {
        return cluster;
    }

    /** Empty if there is none yet. */
    public Optional<Snapshot> newest() {
        return Optional.ofNullable(complete.lastEntry()).map(last -> last.getValue().snapshot);
    }

    /**
     * Begins a snapshot of this node's state machine.
     *
     * @param slot the last that it has applied
     * @param effectiveMembership the members that decide the next slot
     */
    public SnapshotWriter take(long slot, EffectiveMembership effectiveMembership) throws IOException {
        String temporary = SnapshotFile.name(slot) + TAKEN;
        disk.delete(temporary);
        DiskFile file = disk.create(temporary);
        try {
            return new SnapshotWriter(this, slot, effectiveMembership, temporary, file);
        } catch (DiskFullException e) {
            file.close();
            disk.delete(temporary);
            throw e;
        }
    }

    /**
     * The content of a snapshot, to restore a state machine from. It is checked while it is read.
     *
     * @return a stream that throws {@link CorruptSnapshotException} where it is corrupt
     */
    public InputStream open(Snapshot snapshot) throws IOException {
        String name = SnapshotFile.name(snapshot.slot());
        return new SnapshotFile.Content(disk.open(name), name, cluster, snapshot.slot());
    }

    /**
     * A chunk of the file of a snapshot, to be sent to another node, which checks the complete file.
     *
     * @return at most this many bytes, and none after the end; empty if the snapshot no longer exists
     * @throws CorruptSnapshotException if the chunk is corrupt
     */
    public Optional<byte[]> readChunk(Snapshot snapshot, long offset, int maxBytes) throws IOException {
        Complete here = complete.get(snapshot.slot());
        if (here == null || !here.snapshot.equals(snapshot)) {
            return Optional.empty();
        }
        int length = (int) Math.max(0, Math.min(maxBytes, snapshot.sizeInBytes() - offset));
        try (DiskFile file = disk.open(SnapshotFile.name(snapshot.slot()))) {
            return Optional.of(new SnapshotChunkReader(file, snapshot, here.checksum, offset, length).read());
        } catch (NoSuchFileException e) {
            if (complete.containsKey(snapshot.slot())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Deletes a snapshot, if it still exists. It must not be the newest. */
    public void delete(Snapshot snapshot) throws IOException {
        Complete here = complete.get(snapshot.slot());
        if (here != null && here.snapshot.equals(snapshot)) {
            complete.remove(snapshot.slot());
            disk.delete(SnapshotFile.name(snapshot.slot()));
        }
    }

    /**
     * Stores a chunk of a snapshot from another node.
     *
     * @param offset 0 starts a new file; otherwise the end of the previous chunk of the same snapshot
     * @throws IllegalArgumentException if it is not the next chunk
     * @throws DiskFullException if there is no space; all chunks of the snapshot are deleted then
     */
    public void storeChunk(Snapshot snapshot, long offset, byte[] bytes) throws IOException {
        if (offset == 0) {
            discardIncoming();
            incoming = new Incoming(snapshot, disk.create(RECEIVED));
        }
        if (incoming == null
                || !incoming.snapshot.equals(snapshot)
                || incoming.file.size() != offset
                || offset + bytes.length > snapshot.sizeInBytes()) {
            throw new IllegalArgumentException("%d bytes at %d of %s are not the next chunk of %s"
                    .formatted(bytes.length, offset, snapshot, incoming));
        }
        try {
            incoming.file.write(offset, ByteBuffer.wrap(bytes));
        } catch (DiskFullException e) {
            discardIncoming();
            throw e;
        }
    }

    /**
     * Deletes what was received of a snapshot and is not installed.
     *
     * @return that snapshot; empty if there is none
     */
    public Optional<Snapshot> discardReceived() throws IOException {
        if (incoming == null) {
            return Optional.empty();
        }
        Snapshot discarded = incoming.snapshot;
        discardIncoming();
        return Optional.of(discarded);
    }

    /**
     * Checks a completely received snapshot, and installs it as one of this node, durably.
     *
     * @throws CorruptSnapshotException if it differs from that of the other node; all its chunks are deleted then
     */
    public void install(Snapshot snapshot) throws IOException {
        if (incoming == null || !incoming.snapshot.equals(snapshot)) {
            throw new CorruptSnapshotException(snapshot.toString(), "nothing of it was received");
        }
        int checksum;
        try {
            var content = new SnapshotFile.Content(incoming.file, RECEIVED, cluster, snapshot.slot());
            content.checkAll();
            checksum = content.contentChecksum();
            if (!content.snapshot().equals(snapshot)) {
                throw new CorruptSnapshotException(
                        RECEIVED, "it is %s, not %s".formatted(content.snapshot(), snapshot));
            }
        } catch (CorruptSnapshotException e) {
            discardIncoming();
            throw e;
        }
        incoming.file.force();
        incoming.file.close();
        incoming = null;
        publish(RECEIVED, new Complete(snapshot, checksum));
    }

    private void discardIncoming() throws IOException {
        if (incoming != null) {
            incoming.file.close();
            incoming = null;
        }
        disk.delete(RECEIVED);
    }

    void publish(String temporary, Complete whole) throws IOException {
        long slot = whole.snapshot.slot();
        disk.rename(temporary, SnapshotFile.name(slot));
        disk.force();
        complete.put(slot, whole);
    }

    void discard(String temporary) throws IOException {
        disk.delete(temporary);
    }
}
