package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The log and the snapshots of a node. Work is queued at once and done later, in two halves: {@link #write} and {@link #force}. The
 * thread that owns the disk calls one after the other; meanwhile another thread queues more, which waits for the next turn. That is
 * what makes one fsync serve many. Parts of snapshots that other nodes fetch wait for neither: a third thread may {@link #read} them.
 */
public interface Storage {

    /** Queues records. A persist point is durable once all records queued up to it are. */
    void append(List<DurableRecord> records, long persistPoint);

    /**
     * Queues work on a snapshot. A snapshot that is to be taken is that of the machine as it is now; it is written little by little,
     * and the log goes first.
     */
    void begin(SnapshotTask task, StateMachine<?> machine);

    /** Whether anything is queued or under way, but for parts to be read. */
    boolean hasWork();

    /**
     * Writes what is queued so far.
     *
     * @throws IOException if it cannot; the node must stop
     */
    void write() throws IOException;

    /**
     * Makes durable what was written, and says what is done.
     *
     * @throws IOException if it cannot; the node must stop, for nobody knows what is durable
     */
    ForceResult force() throws IOException;

    /** Whether parts of snapshots are queued to be read. */
    boolean hasReads();

    /**
     * Reads the next part of a snapshot. It may be called beside {@link #write} and {@link #force}.
     *
     * @return empty if none is queued, or the snapshot is no longer there
     * @throws IOException if it cannot; the node must stop
     */
    Optional<ReadResult> read() throws IOException;

    /**
     * @param durablePoint the highest persist point that is durable
     * @param done work on snapshots, in order
     */
    record ForceResult(long durablePoint, List<CompletedTask> done) {}

    /** What is in a snapshot. */
    @FunctionalInterface
    interface SnapshotContent {

        /** From the beginning. */
        InputStream open() throws IOException;
    }

    /** Work that is done. */
    sealed interface CompletedTask {

        /** A snapshot is durable under its final name. */
        record Taken(Snapshot snapshot) implements CompletedTask {}

        /** A snapshot of another node is durable; the state machine is to continue from its state. */
        record Installed(Snapshot snapshot, SnapshotContent content) implements CompletedTask {}

        /** A snapshot of another node is not what it was when it was sent. */
        record ReceivedCorrupt(Snapshot snapshot) implements CompletedTask {}
    }

    /** What was read of a snapshot. */
    sealed interface ReadResult {

        /** A part, to be sent. */
        record Chunk(NodeId to, Message.SnapshotChunk chunk) implements ReadResult {}

        /** The snapshot is not what it was when it was written. */
        record Corrupt(Snapshot snapshot) implements ReadResult {}
    }
}
