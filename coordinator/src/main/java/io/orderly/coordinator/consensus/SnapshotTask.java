package io.orderly.coordinator.consensus;

/**
 * Work on the bytes of snapshots, which the caller does concurrently with the log: {@link SendChunk} at any time, everything else
 * in the given order. A snapshot that was taken or installed is kept until {@link Delete}; after a restart, only the newest need
 * exist.
 */
public sealed interface SnapshotTask {

    /**
     * Take a snapshot of the state machine right after the entries of these {@link Effects} have been applied. Writing it may take long;
     * once it is durable, {@link Input.SnapshotTaken} says so; without space for it, {@link Input.OutOfSpace}. One at a time. It may
     * replace a corrupt one of the same slot.
     *
     * @param slot the last applied
     * @param effectiveMembership to be stored with it
     */
    record Take(long slot, EffectiveMembership effectiveMembership) implements SnapshotTask {}

    /**
     * Read a chunk of the snapshot and send it as {@link Message.SnapshotChunk}. A snapshot that is no longer there is no error:
     * drop the task; one that is corrupt is reported with {@link Input.StoredSnapshotCorrupt}. The chunk is read concurrently with
     * the log and all other work, and must not wait for it.
     *
     * @param ballot for the message
     */
    record SendChunk(NodeId to, Ballot ballot, Snapshot snapshot, long offset, int maxBytes) implements SnapshotTask {}

    /**
     * Write a chunk to the file of the received snapshot; offset 0 starts a new file. Chunks come in order and without gaps. The
     * file need not survive a restart. Without space for a chunk, {@link Input.OutOfSpace} says so, and the chunks after it have no
     * effect until one with offset 0.
     */
    record StoreChunk(Snapshot snapshot, long offset, byte[] bytes) implements SnapshotTask {}

    /**
     * All chunks are written: check the whole, make it durable, and restore the state machine from it. Then pass {@link
     * Input.SnapshotInstalled}, {@link Input.ReceivedSnapshotCorrupt} or {@link Input.OutOfSpace}; until then no entry is passed on to be
     * applied.
     */
    record Install(Snapshot snapshot) implements SnapshotTask {}

    /** The snapshot is not the newest any more, and no node is fetching it. */
    record Delete(Snapshot snapshot) implements SnapshotTask {}
}
