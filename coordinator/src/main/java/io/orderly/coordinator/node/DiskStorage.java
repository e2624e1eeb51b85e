package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.log.CorruptSnapshotException;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log and the snapshots in a data folder.
 *
 * <p>One thread queues work, another owns the disk, and a third may read chunks that other nodes fetch. Queued work is handed over once per
 * turn, as one immutable batch of records, snapshot tasks and the point that covers them; all other state belongs to one of the threads.
 */
public final class DiskStorage implements Storage {

    /** The part of a snapshot that is written and forced between two turns of the log, in bytes. */
    private static final int SNAPSHOT_BYTES_PER_TURN = 1 << 20;

    /** @param state of the machine, for a snapshot that is to be taken */
    private record Work(SnapshotTask task, Iterator<byte[]> state) {}

    /** @param point covered by the records of this batch and those before */
    private record Batch(List<DurableRecord> records, List<Work> work, long point) {}

    private final DataFolder folder;

    private final Object queue = new Object();

    // guarded by the queue

    private final List<DurableRecord> records = new ArrayList<>();
    private final List<Work> work = new ArrayList<>();

    /** Pending chunks; one that is requested repeatedly is read once. */
    private final Set<SnapshotTask.SendChunk> reads = new LinkedHashSet<>();

    private long queuedPoint;
    private boolean workIsUnderWay;

    // used by the thread that owns the disk

    /** The batch that {@link #force} makes durable. */
    private long writtenPoint;

    /** Snapshot tasks in order; the first one may be in progress. */
    private final Deque<Work> begun = new ArrayDeque<>();

    /** The writer of the first task, if its snapshot is partly written. */
    private @Nullable SnapshotWriter writer;

    public DiskStorage(DataFolder folder) {
        this.folder = folder;
    }

    /** The state from which the replica continues. */
    public DurableState durableState() {
        return folder.recovery().state();
    }

    /**
     * @return the state of the newest snapshot, for the machine to continue from; empty if there is none
     */
    public Optional<SnapshotContent> snapshotState() {
        return folder.snapshots().newest().map(this::contentOf);
    }

    @Override
    public void append(List<DurableRecord> more, long persistPoint) {
        synchronized (queue) {
            records.addAll(more);
            queuedPoint = persistPoint;
        }
    }

    @Override
    public void begin(SnapshotTask task, StateMachine<?> machine) {
        Iterator<byte[]> state = task instanceof SnapshotTask.Take ? machine.snapshot() : Collections.emptyIterator();
        synchronized (queue) {
            if (task instanceof SnapshotTask.SendChunk part) {
                reads.add(part);
            } else {
                work.add(new Work(task, state));
            }
        }
    }

    @Override
    public boolean hasWork() {
        synchronized (queue) {
            return !records.isEmpty() || !work.isEmpty() || workIsUnderWay;
        }
    }

    @Override
    public boolean hasReads() {
        synchronized (queue) {
            return !reads.isEmpty();
        }
    }

    @Override
    public Optional<ReadResult> read() throws IOException {
        SnapshotTask.SendChunk part;
        synchronized (queue) {
            Iterator<SnapshotTask.SendChunk> first = reads.iterator();
            if (!first.hasNext()) {
                return Optional.empty();
            }
            part = first.next();
            first.remove();
        }
        try {
            return folder.snapshots()
                    .readChunk(part.snapshot(), part.offset(), part.maxBytes())
                    .filter(bytes -> bytes.length > 0)
                    .map(bytes -> new ReadResult.Chunk(
                            part.to(),
                            new Message.SnapshotChunk(part.ballot(), part.snapshot(), part.offset(), bytes)));
        } catch (CorruptSnapshotException e) {
            return Optional.of(new ReadResult.Corrupt(part.snapshot()));
        }
    }

    @Override
    public void write() throws IOException {
        Batch batch = takeBatch();
        begun.addAll(batch.work);
        for (DurableRecord one : batch.records) {
            folder.log().append(one);
        }
        folder.log().flush();
        writtenPoint = batch.point;
    }

    private Batch takeBatch() {
        synchronized (queue) {
            Batch batch = new Batch(List.copyOf(records), List.copyOf(work), queuedPoint);
            workIsUnderWay |= !work.isEmpty();
            records.clear();
            work.clear();
            return batch;
        }
    }

    @Override
    public ForceResult force() throws IOException {
        folder.log().commit();
        List<CompletedTask> done = new ArrayList<>();
        while (!begun.isEmpty() && isFinished(begun.getFirst(), done)) {
            begun.removeFirst();
        }
        synchronized (queue) {
            workIsUnderWay = !begun.isEmpty();
        }
        return new ForceResult(writtenPoint, done);
    }

    private boolean isFinished(Work one, List<CompletedTask> done) throws IOException {
        switch (one.task()) {
            case SnapshotTask.Take take -> {
                return isTaken(take, one.state(), done);
            }
            case SnapshotTask.SendChunk _ ->
                throw new IllegalStateException("it is read by another thread: " + one.task());
            case SnapshotTask.Delete(var snapshot) -> folder.snapshots().delete(snapshot);
            case SnapshotTask.StoreChunk(var snapshot, var offset, var bytes) ->
                folder.snapshots().storeChunk(snapshot, offset, bytes);
            case SnapshotTask.Install(var snapshot) -> done.add(install(snapshot));
        }
        return true;
    }

    private boolean isTaken(SnapshotTask.Take take, Iterator<byte[]> state, List<CompletedTask> done)
            throws IOException {
        if (writer == null) {
            writer = folder.snapshots().take(take.slot(), take.effectiveMembership());
        }
        long written = 0;
        while (state.hasNext()) {
            if (written >= SNAPSHOT_BYTES_PER_TURN) {
                // so that the final force, for which the log waits, is short
                writer.force();
                return false;
            }
            byte[] part = state.next();
            writer.write(part);
            written += part.length;
        }
        done.add(new CompletedTask.Taken(writer.finish()));
        writer = null;
        return true;
    }

    private CompletedTask install(Snapshot snapshot) throws IOException {
        try {
            folder.snapshots().install(snapshot);
        } catch (CorruptSnapshotException e) {
            return new CompletedTask.ReceivedCorrupt(snapshot);
        }
        return new CompletedTask.Installed(snapshot, contentOf(snapshot));
    }

    private SnapshotContent contentOf(Snapshot snapshot) {
        return () -> folder.snapshots().open(snapshot);
    }
}
