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
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk becomes full and has space again, while the log is written and snapshots are taken and received. */
class FullDiskTest {

    private static final Ballot BALLOT = new Ballot(1, 2);
    private static final EffectiveMembership MEMBERS = EffectiveMembership.initial(Membership.of(1, 2, 3));
    private static final NodeIdentity IDENTITY = new NodeIdentity(new UUID(7, 11), new NodeId(1));
    private static final int MEBIBYTE = 1 << 20;

    private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    private final StateMachine<Object> machine = new FourMebibytes();
    private DiskStorage storage;
    private long point;

    @BeforeEach
    void open() throws IOException {
        DataFolder.create(disk, IDENTITY, 7, Membership.of(1, 2, 3), LogSettings.DEFAULTS);
        storage = new DiskStorage(folder());
        storage.append(List.of(new DurableRecord.Promised(BALLOT)), ++point);
        turn();
    }

    private DataFolder folder() throws IOException {
        return DataFolder.open(disk, IDENTITY, LogSettings.DEFAULTS);
    }

    private Storage.ForceResult turn() throws IOException {
        storage.write();
        return storage.force();
    }

    private void leaveSpace(long bytes) {
        disk.limit(disk.names().stream().mapToLong(disk::sizeOf).sum() + bytes);
    }

    private void accept(int slots) {
        for (int i = 0; i < slots; i++) {
            Entry entry = new Entry(++point - 1, BALLOT, new Payload.Command(new byte[300]));
            storage.append(List.of(new DurableRecord.Accepted(entry)), point);
        }
    }

    @Test
    void noPointIsDurableBeforeThereIsSpaceForItsRecords() throws IOException {
        leaveSpace(700);
        accept(1);
        assertThat(turn().durablePoint()).isEqualTo(2);
        accept(3);
        assertThat(turn().durablePoint()).isEqualTo(2);
        assertThat(storage.space().isLow()).isTrue();
        assertThat(storage.hasWork()).as("it tries again").isTrue();
        accept(2);
        leaveSpace(500);
        assertThat(turn().durablePoint()).isEqualTo(2);

        disk.limit(Long.MAX_VALUE);
        assertThat(turn().durablePoint()).isEqualTo(7);
        assertThat(storage.space().isLow()).isFalse();
        assertThat(storage.hasWork()).isFalse();
        disk.crash();
        assertThat(folder().recovery().state().entries()).hasSize(6);
    }

    @Test
    void aSnapshotWithoutSpaceIsGivenUpAndLeavesNothing() throws IOException {
        leaveSpace(2 * MEBIBYTE);
        SnapshotTask take = new SnapshotTask.Take(1, MEMBERS);
        storage.begin(take, machine);
        Storage.ForceResult last = turn();
        while (last.done().isEmpty()) {
            last = turn();
        }
        assertThat(last.done()).containsExactly(new Storage.CompletedTask.OutOfSpace(take));
        assertThat(disk.freeBytes()).isEqualTo(2 * MEBIBYTE);
        assertThat(storage.hasWork()).isFalse();
    }

    @Test
    void theLogTakesTheSpaceOfAHalfWrittenSnapshot() throws IOException {
        SnapshotTask take = new SnapshotTask.Take(1, MEMBERS);
        storage.begin(take, machine);
        assertThat(turn().done()).as("it is half written").isEmpty();
        leaveSpace(100);
        accept(1);
        Storage.ForceResult full = turn();
        assertThat(full.done()).containsExactly(new Storage.CompletedTask.OutOfSpace(take));
        assertThat(full.durablePoint()).isEqualTo(1);
        assertThat(turn().durablePoint()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReceivedIsReportedOnceAndCanBeReceivedLater() throws IOException {
        var snapshot = new Snapshot(9, MEMBERS, 2_000);
        SnapshotTask first = new SnapshotTask.StoreChunk(snapshot, 0, new byte[1_000]);
        SnapshotTask second = new SnapshotTask.StoreChunk(snapshot, 1_000, new byte[1_000]);
        SnapshotTask install = new SnapshotTask.Install(snapshot);
        leaveSpace(500);
        storage.begin(first, machine);
        storage.begin(second, machine);
        storage.begin(install, machine);
        assertThat(turn().done())
                .containsExactly(
                        new Storage.CompletedTask.OutOfSpace(first), new Storage.CompletedTask.OutOfSpace(install));
        assertThat(disk.freeBytes()).isEqualTo(500);

        disk.limit(Long.MAX_VALUE);
        storage.begin(first, machine);
        storage.begin(second, machine);
        storage.begin(install, machine);
        assertThat(turn().done())
                .as("there is space; the content of this one is nonsense")
                .containsExactly(new Storage.CompletedTask.ReceivedCorrupt(snapshot));
    }

    @Test
    void theReserveEndsWhenAQuarterMoreIsFree() {
        var space = new DiskSpace(1_000);
        space.measured(1_000);
        assertThat(space.isLow()).isFalse();
        space.measured(999);
        assertThat(space.isLow()).isTrue();
        space.measured(1_249);
        assertThat(space.isLow()).isTrue();
        space.measured(1_250);
        assertThat(space.isLow()).isFalse();
    }

    private record FourMebibytes() implements StateMachine<Object> {

        @Override
        public Object apply(Entry entry) {
            throw new IllegalStateException("nothing is applied here");
        }

        @Override
        public Iterator<byte[]> snapshot() {
            return Collections.nCopies(4, new byte[MEBIBYTE]).iterator();
        }

        @Override
        public Restoration restoration(InputStream snapshot) {
            throw new IllegalStateException("nothing is restored here");
        }
    }
}
