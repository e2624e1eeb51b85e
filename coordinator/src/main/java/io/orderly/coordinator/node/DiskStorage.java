package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.log.CorruptSnapshotException;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.DiskFullException;
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

    private final DataFolder folder;
    private final DiskSpace space;

    private final Object queue = new Object();

    // guarded by the queue

    private final List<DurableRecord> records = new ArrayList<>();
    private final List<Work> work = new ArrayList<>();

    /** Pending chunks; one that is requested repeatedly is read once. */
    private final Set<SnapshotTask.SendChunk> reads = new LinkedHashSet<>();

    private long queuedPoint;
    private boolean workIsUnderWay;

    // used by the thread that owns the disk

    /** Records that were taken from the queue and are not in the log yet: after {@link #write} there are some only on a full disk. */
    private final Deque<DurableRecord> unwritten = new ArrayDeque<>();

    /** The point of the records that were taken from the queue. */
    private long takenPoint;

    /** The point that the next {@link #force} makes durable. */
    private long writtenPoint;

    /** The point that is durable. */
    private long forcedPoint;

    /** Snapshot tasks in order; the first one may be in progress. */
    private final Deque<Work> begun = new ArrayDeque<>();

    /** The writer of the first task, if its snapshot is partly written. */
    private @Nullable SnapshotWriter writer;

    /** Of which a chunk was lost for lack of space, so that those after it are of no use. */
    private @Nullable Snapshot unstored;

    /** Accepts data until a write finds no space. */
    public DiskStorage(DataFolder folder) {
        this(folder, 0);
    }

    /** @param reserveBytes see {@link DiskSpace} */
    public DiskStorage(DataFolder folder, long reserveBytes) {
        this.folder = folder;
        space = new DiskSpace(reserveBytes);
    }

    /** Whether there is space on the disk; for any thread. */
    public DiskSpace space() {
        return space;
    }

    /** Measures the free space. It is measured by no other method, since that may take a while. */
    public void measure() throws IOException {
        space.measured(folder.freeBytes());
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
        takeBatch();
        try {
            for (DurableRecord next = unwritten.peek(); next != null; next = unwritten.peek()) {
                folder.log().append(next);
                unwritten.remove();
            }
            folder.log().flush();
            writtenPoint = takenPoint;
            space.exhausted(false);
        } catch (DiskFullException e) {
            space.exhausted(true);
        }
    }

    private void takeBatch() {
        synchronized (queue) {
            unwritten.addAll(records);
            begun.addAll(work);
            takenPoint = queuedPoint;
            workIsUnderWay = true;
            records.clear();
            work.clear();
        }
    }

    @Override
    public ForceResult force() throws IOException {
        List<CompletedTask> done = new ArrayList<>();
        if (space.isExhausted()) {
            makeRoom(done);
        } else {
            folder.log().commit();
            forcedPoint = writtenPoint;
            while (!begun.isEmpty() && isFinished(begun.getFirst(), done)) {
                begun.removeFirst();
            }
        }
        synchronized (queue) {
            workIsUnderWay = !begun.isEmpty() || space.isExhausted();
        }
        return new ForceResult(forcedPoint, done);
    }

    /** While the log waits for space, none is kept by snapshots that are half written or half received, or to be deleted. */
    private void makeRoom(List<CompletedTask> done) throws IOException {
        if (writer != null) {
            giveUp(begun.removeFirst().task(), done);
        }
        Optional<Snapshot> received = folder.snapshots().discardReceived();
        if (received.isPresent()) {
            unstored = received.get();
            done.add(new CompletedTask.OutOfSpace(new SnapshotTask.StoreChunk(received.get(), 0, new byte[0])));
        }
        Iterator<Work> waiting = begun.iterator();
        while (waiting.hasNext()) {
            if (waiting.next().task() instanceof SnapshotTask.Delete(Snapshot snapshot)) {
                folder.snapshots().delete(snapshot);
                waiting.remove();
            }
        }
    }

    private void giveUp(SnapshotTask take, List<CompletedTask> done) throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        done.add(new CompletedTask.OutOfSpace(take));
    }

    private boolean isFinished(Work one, List<CompletedTask> done) throws IOException {
        switch (one.task()) {
            case SnapshotTask.Take take -> {
                try {
                    return isTaken(take, one.state(), done);
                } catch (DiskFullException e) {
                    giveUp(take, done);
                }
            }
            case SnapshotTask.SendChunk _ ->
                throw new IllegalStateException("it is read by another thread: " + one.task());
            case SnapshotTask.Delete(var snapshot) -> folder.snapshots().delete(snapshot);
            case SnapshotTask.StoreChunk chunk -> store(chunk, done);
            case SnapshotTask.Install install -> done.add(install(install));
        }
        return true;
    }

    private void store(SnapshotTask.StoreChunk chunk, List<CompletedTask> done) throws IOException {
        if (chunk.offset() > 0 && chunk.snapshot().equals(unstored)) {
            return;
        }
        try {
            folder.snapshots().storeChunk(chunk.snapshot(), chunk.offset(), chunk.bytes());
            unstored = null;
        } catch (DiskFullException e) {
            unstored = chunk.snapshot();
            done.add(new CompletedTask.OutOfSpace(chunk));
        }
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

    private CompletedTask install(SnapshotTask.Install install) throws IOException {
        Snapshot snapshot = install.snapshot();
        if (snapshot.equals(unstored)) {
            return new CompletedTask.OutOfSpace(install);
        }
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
