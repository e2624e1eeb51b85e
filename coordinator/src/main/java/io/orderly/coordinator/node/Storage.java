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
 * The log and the snapshots of a node. Work is queued and done later, in two steps: {@link #write} and {@link #force}. The thread
 * that owns the disk calls them alternately; meanwhile another thread queues more work for the next turn. So one fsync serves many
 * records. Chunks of snapshots that other nodes fetch wait for neither: a third thread may {@link #read} them.
 */
public interface Storage {

    /** Queues records. A persist point is durable once all records queued up to it are. */
    void append(List<DurableRecord> records, long persistPoint);

    /**
     * Queues work on a snapshot. A snapshot is taken of the current state of the machine; it is written in small parts, and the log
     * has priority.
     */
    void begin(SnapshotTask task, StateMachine<?> machine);

    /** Whether anything is queued or under way, except chunks to be read. */
    boolean hasWork();

    /**
     * Writes everything queued so far. If there is no space for it, that is not an error: what is missing is written by a later call,
     * and no persist point that needs it becomes durable before.
     *
     * @throws IOException if it fails; the node must stop
     */
    void write() throws IOException;

    /**
     * Makes everything written durable, and returns what is done.
     *
     * @throws IOException if it fails; the node must stop, since it is unknown what is durable
     */
    ForceResult force() throws IOException;

    /** Whether parts of snapshots are queued to be read. */
    boolean hasReads();

    /**
     * Reads the next part of a snapshot. It may be called concurrently with {@link #write} and {@link #force}.
     *
     * @return empty if none is queued, or the snapshot is no longer there
     * @throws IOException if it fails; the node must stop
     */
    Optional<ReadResult> read() throws IOException;

    /**
     * @param durablePoint the highest persist point that is durable
     * @param done work on snapshots, in order
     */
    record ForceResult(long durablePoint, List<CompletedTask> done) {}

    /** The content of a snapshot. */
    @FunctionalInterface
    interface SnapshotContent {

        /** From the beginning. */
        InputStream open() throws IOException;
    }

    /** A task that is done. */
    sealed interface CompletedTask {

        /** A snapshot is durable under its final name. */
        record Taken(Snapshot snapshot) implements CompletedTask {}

        /** A snapshot of another node is durable; the state machine must continue from its state. */
        record Installed(Snapshot snapshot, SnapshotContent content) implements CompletedTask {}

        /** A received snapshot is corrupt. */
        record ReceivedCorrupt(Snapshot snapshot) implements CompletedTask {}

        /** There was no space for it; see {@link io.orderly.coordinator.consensus.Input.OutOfSpace}. */
        record OutOfSpace(SnapshotTask task) implements CompletedTask {}
    }

    /** The result of reading a chunk of a snapshot. */
    sealed interface ReadResult {

        /** A chunk to send. */
        record Chunk(NodeId to, Message.SnapshotChunk chunk) implements ReadResult {}

        /** The snapshot on disk is corrupt. */
        record Corrupt(Snapshot snapshot) implements ReadResult {}
    }
}
