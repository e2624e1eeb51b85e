package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.SnapshotWriter;
import io.orderly.coordinator.log.SpoiledSnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log and the snapshots in a data folder. */
public final class DiskStorage implements Storage {

    private static final byte[] NONE = {};

    /** @param state of the machine, for a snapshot that is to be taken */
    private record Work(SnapshotTask task, byte[] state) {}

    private final DataFolder folder;
    private List<DurableRecord> records = new ArrayList<>();
    private List<Work> work = new ArrayList<>();
    private long queuedPoint;

    /** What {@link #force} makes durable. */
    private long writtenPoint;

    private List<Work> begun = List.of();

    public DiskStorage(DataFolder folder) {
        this.folder = folder;
    }

    /** What the replica continues from. */
    public DurableState durableState() {
        return folder.recovery().state();
    }

    /**
     * @return the state of the newest snapshot, for the machine to continue from; empty if there is none
     * @throws IOException if it cannot be read; the node must not start
     */
    public Optional<byte[]> snapshotState() throws IOException {
        Optional<Snapshot> newest = folder.snapshots().newest();
        return newest.isEmpty() ? Optional.empty() : Optional.of(read(newest.get()));
    }

    @Override
    public void append(List<DurableRecord> more, long persistPoint) {
        records.addAll(more);
        queuedPoint = persistPoint;
    }

    @Override
    public void begin(SnapshotTask task, StateMachine<?> machine) {
        work.add(new Work(task, task instanceof SnapshotTask.Take ? machine.snapshot() : NONE));
    }

    @Override
    public boolean hasWork() {
        return !records.isEmpty() || !work.isEmpty();
    }

    @Override
    public void write() throws IOException {
        List<DurableRecord> batch = records;
        records = new ArrayList<>();
        begun = work;
        work = new ArrayList<>();
        writtenPoint = queuedPoint;
        for (DurableRecord one : batch) {
            folder.log().append(one);
        }
        folder.log().flush();
    }

    @Override
    public Progress force() throws IOException {
        folder.log().commit();
        List<Done> done = new ArrayList<>();
        for (Work one : begun) {
            doWork(one, done);
        }
        begun = List.of();
        return new Progress(writtenPoint, done);
    }

    private void doWork(Work one, List<Done> done) throws IOException {
        switch (one.task()) {
            case SnapshotTask.Take take -> {
                try (SnapshotWriter writer = folder.snapshots().take(take.slot(), take.membership())) {
                    writer.write(one.state());
                    done.add(new Done.Taken(writer.finish()));
                }
            }
            case SnapshotTask.SendChunk(var to, var ballot, var snapshot, var offset, var maxBytes) ->
                folder.snapshots()
                        .readChunk(snapshot, offset, maxBytes)
                        .filter(bytes -> bytes.length > 0)
                        .ifPresent(bytes -> done.add(
                                new Done.Read(to, new Message.SnapshotChunk(ballot, snapshot, offset, bytes))));
            case SnapshotTask.StoreChunk(var snapshot, var offset, var bytes) ->
                folder.snapshots().storeChunk(snapshot, offset, bytes);
            case SnapshotTask.Install(var snapshot) -> done.add(install(snapshot));
        }
    }

    private Done install(Snapshot snapshot) throws IOException {
        try {
            folder.snapshots().install(snapshot);
        } catch (SpoiledSnapshotException e) {
            return new Done.Spoiled(snapshot);
        }
        return new Done.Installed(snapshot, read(snapshot));
    }

    private byte[] read(Snapshot snapshot) throws IOException {
        try (InputStream content = folder.snapshots().open(snapshot)) {
            return content.readAllBytes();
        }
    }
}
