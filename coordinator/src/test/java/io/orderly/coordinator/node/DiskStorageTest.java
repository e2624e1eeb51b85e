package io.orderly.coordinator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.NodeIdentity;
import io.orderly.coordinator.log.SimulatedDisk;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskStorageTest {

    private static final Ballot BALLOT = new Ballot(1, 2);
    private static final int RECORDS = 4_000;

    /** The number of records that may not be durable yet: small, for many batches. */
    private static final int MAX_NOT_DURABLE = 4;

    /** One thread steps the replica and queues its records; another one owns the disk. */
    @Test
    void aPointIsDurableOnlyWithAllThatWasQueuedUpToItWhileMoreIsQueued() throws Exception {
        NodeIdentity identity = new NodeIdentity(new UUID(7, 11), new NodeId(1));
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        DataFolder.create(disk, identity, 7, Membership.of(1, 2, 3), LogSettings.DEFAULTS);
        DataFolder folder = DataFolder.open(disk, identity, LogSettings.DEFAULTS);
        DiskStorage storage = new DiskStorage(folder);
        storage.append(List.of(new DurableRecord.Promised(BALLOT)), 0);

        AtomicLong durable = new AtomicLong();
        CountDownLatch start = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> replica = threads.submit(() -> {
                meet(start);
                for (int slot = 1; slot <= RECORDS; slot++) {
                    while (slot - durable.get() > MAX_NOT_DURABLE
                            && !Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    Entry entry = new Entry(slot, BALLOT, new Payload.NoOp());
                    storage.append(List.of(new DurableRecord.Accepted(entry)), slot);
                }
                return null;
            });
            Future<?> owner = threads.submit(() -> {
                meet(start);
                while (durable.get() < RECORDS && !Thread.currentThread().isInterrupted()) {
                    if (!storage.hasWork()) {
                        Thread.onSpinWait();
                        continue;
                    }
                    storage.write();
                    durable.set(storage.force().durablePoint());
                    assertThat(folder.log().commit()).as("records in the log").isGreaterThanOrEqualTo(durable.get());
                }
                return null;
            });
            try {
                owner.get(30, TimeUnit.SECONDS);
                replica.get(30, TimeUnit.SECONDS);
            } finally {
                threads.shutdownNow();
            }
        }
        disk.crash();
        assertThat(DataFolder.open(disk, identity, LogSettings.DEFAULTS)
                        .recovery()
                        .state()
                        .entries())
                .hasSize(RECORDS);
    }

    /** Neither a hanging force of the log nor a long snapshot in progress delays a node that fetches a snapshot. */
    @Test
    void chunksOfSnapshotsAreReadConcurrently() throws Exception {
        NodeIdentity identity = new NodeIdentity(new UUID(7, 11), new NodeId(1));
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        DataFolder.create(disk, identity, 7, Membership.of(1, 2, 3), LogSettings.DEFAULTS);
        DiskStorage storage = new DiskStorage(DataFolder.open(disk, identity, LogSettings.DEFAULTS));
        EffectiveMembership effectiveMembership = EffectiveMembership.initial(Membership.of(1, 2, 3));
        StateMachine<Object> machine = new MachineOfParts(4);
        storage.begin(new SnapshotTask.Take(1, effectiveMembership), machine);
        Snapshot snapshot = null;
        for (int turn = 0; turn < 5; turn++) {
            storage.write();
            for (Storage.CompletedTask done : storage.force().done()) {
                snapshot = ((Storage.CompletedTask.Taken) done).snapshot();
            }
        }
        storage.begin(new SnapshotTask.Take(2, effectiveMembership), machine);
        storage.write();
        storage.force();
        assertThat(storage.hasWork()).as("the next one is half written").isTrue();

        SnapshotTask part = new SnapshotTask.SendChunk(new NodeId(2), BALLOT, snapshot, 512, 1 << 20);
        storage.begin(part, machine);
        storage.begin(part, machine);
        storage.append(List.of(new DurableRecord.Promised(BALLOT)), 1);
        assertThat(storage.read()).hasValueSatisfying(read -> {
            Storage.ReadResult.Chunk found = (Storage.ReadResult.Chunk) read;
            assertThat(found.to()).isEqualTo(new NodeId(2));
            assertThat(found.chunk().bytes()).hasSize(1 << 20);
        });
        assertThat(storage.hasReads())
                .as("a chunk that is requested twice is read once")
                .isFalse();
        assertThat(storage.read()).isEmpty();

        disk.flip("snapshot-0000000000000000001", 8_000);
        storage.begin(part, machine);
        assertThat(storage.read()).contains(new Storage.ReadResult.Corrupt(snapshot));
    }

    /** A state machine whose snapshot has this many MiB. */
    private record MachineOfParts(int parts) implements StateMachine<Object> {

        @Override
        public Object apply(Entry entry) {
            throw new IllegalStateException("nothing is applied here");
        }

        @Override
        public Iterator<byte[]> snapshot() {
            return Collections.nCopies(parts, new byte[1 << 20]).iterator();
        }

        @Override
        public Restoration restoration(InputStream snapshot) {
            throw new IllegalStateException("nothing is restored here");
        }
    }

    private static void meet(CountDownLatch start) throws InterruptedException {
        start.countDown();
        start.await();
    }
}
