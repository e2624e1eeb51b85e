package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static io.orderly.coordinator.log.LogFixture.acceptedOf;
import static io.orderly.coordinator.log.LogFixture.entryOf;
import static io.orderly.coordinator.log.LogFixture.promised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.DurableRecord.LowWaterMark;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private static final EffectiveMembership LEARNING =
            new EffectiveMembership(1, new Membership(List.of(new NodeId(1), new NodeId(2)), List.of(new NodeId(9))));

    private LogFixture fixture;
    private byte[] content;

    @BeforeEach
    void create() throws IOException {
        fixture = new LogFixture(1);
        fixture.commit(promised(1), acceptedOf(1, 1, 10), acceptedOf(2, 1, 10), acceptedOf(3, 1, 10));
        content = new byte[200_000];
        new SplittableRandom(1).nextBytes(content);
    }

    private static Snapshot take(Snapshots snapshots, long slot, byte[] content) throws IOException {
        try (var writer = snapshots.take(slot, LEARNING)) {
            writer.write(content[0]);
            writer.write(content, 1, content.length - 1);
            return writer.finish();
        }
    }

    private Snapshot take(long slot) throws IOException {
        return take(fixture.folder.snapshots(), slot, content);
    }

    private byte[] read(Snapshot snapshot) throws IOException {
        try (InputStream stream = fixture.folder.snapshots().open(snapshot)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        assertThat(fixture.folder.snapshots().newest()).isEmpty();
        Snapshot snapshot = take(3);
        assertThat(snapshot.effectiveMembership()).isEqualTo(LEARNING);
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.recovery().state().snapshot()).isEqualTo(snapshot);
        assertThat(fixture.folder.snapshots().newest()).contains(snapshot);
        assertThat(read(snapshot)).isEqualTo(content);
        assertThat(fixture.entries()).hasSize(3);
    }

    @Test
    void keepsAnEmptySnapshot() throws IOException {
        Snapshot snapshot;
        try (var writer = fixture.folder.snapshots().take(3, EffectiveMembership.initial(MEMBERS))) {
            snapshot = writer.finish();
        }
        fixture.disk.crash();
        fixture.open();
        assertThat(read(snapshot)).isEmpty();
    }

    @Test
    void deletesAnUnfinishedSnapshot() throws IOException {
        try (var writer = fixture.folder.snapshots().take(3, EffectiveMembership.initial(MEMBERS))) {
            writer.write(content);
        }
        assertThat(fixture.folder.snapshots().newest()).isEmpty();
        assertThat(fixture.disk.names()).noneMatch(name -> name.contains("snapshot"));
    }

    @Test
    void replacesAnOlderSnapshot() throws IOException {
        Snapshot first = take(1);
        Snapshot second = take(2);
        fixture.folder.snapshots().delete(first);
        assertThat(fixture.disk.names())
                .filteredOn(name -> name.startsWith("snapshot"))
                .hasSize(1);
        assertThat(fixture.folder.snapshots().readChunk(first, 0, 10)).isEmpty();
        assertThat(fixture.folder.snapshots().newest()).contains(second);
    }

    @Test
    void hasTheOldOrTheNewSnapshotAfterAnyPowerFailure() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            fixture = new LogFixture(seed);
            fixture.commit(promised(1), acceptedOf(1, 1, 10), acceptedOf(2, 1, 10));
            Snapshot old = take(1);
            fixture.commit(new LowWaterMark(1));
            fixture.disk.losePowerAfter(seed % 14);
            Snapshot taken = null;
            try {
                taken = take(2);
            } catch (SimulatedDisk.PowerLoss e) {
                // neither is certain
            }
            fixture.disk.crash();
            Snapshot found = fixture.open().recovery().state().snapshot();
            assertThat(found).isNotNull();
            assertThat(found.slot()).isBetween(taken == null ? 1L : 2L, 2L);
            assertThat(fixture.recovery().corruptSnapshots()).isZero();
            assertThat(read(found)).isEqualTo(content);
            assertThat(old.slot()).isEqualTo(1);
        }
    }

    @Test
    void isSentInChunksAndCheckedAsAWhole() throws IOException {
        Snapshot snapshot = take(3);
        var receiver = new LogFixture(2);
        send(snapshot, receiver);
        receiver.folder.snapshots().install(snapshot);
        receiver.commit(promised(1), new LowWaterMark(3), acceptedOf(4, 1, 10));
        receiver.disk.crash();
        receiver.open();
        assertThat(receiver.recovery().state().snapshot()).isEqualTo(snapshot);
        assertThat(receiver.entries()).containsExactly(entryOf(4, 1, 10));
        try (InputStream stream = receiver.folder.snapshots().open(snapshot)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }

    /** The snapshot was forced, the mark that belongs to it was not. */
    @Test
    void startsAfterAnInstalledSnapshotWhoseMarkWasLost() throws IOException {
        Snapshot snapshot = take(3);
        var receiver = new LogFixture(2);
        receiver.commit(promised(1), acceptedOf(1, 1, 10));
        send(snapshot, receiver);
        receiver.folder.snapshots().install(snapshot);
        receiver.commit(acceptedOf(4, 1, 10));
        receiver.disk.crash();
        receiver.open();
        assertThat(receiver.recovery().state().lowWaterMark()).isEqualTo(3);
        assertThat(receiver.entries()).containsExactly(entryOf(4, 1, 10));
    }

    private void send(Snapshot snapshot, LogFixture receiver) throws IOException {
        long offset = 0;
        while (offset < snapshot.sizeInBytes()) {
            byte[] chunk = fixture.folder
                    .snapshots()
                    .readChunk(snapshot, offset, 30_000)
                    .orElseThrow();
            receiver.folder.snapshots().storeChunk(snapshot, offset, chunk);
            offset += chunk.length;
        }
        assertThat(fixture.folder.snapshots().readChunk(snapshot, offset, 10))
                .hasValueSatisfying(rest -> assertThat(rest).isEmpty());
    }

    /** The receiving node would refuse the snapshot, and fetch it again without end. */
    @Test
    void sendsNoCorruptChunk() throws IOException {
        Snapshot snapshot = take(3);
        String name = "snapshot-0000000000000000003";
        Snapshots snapshots = fixture.folder.snapshots();
        for (long bit = 0; bit < snapshot.sizeInBytes() * 8; bit += 9_973) {
            fixture.disk.flip(name, bit);
            long at = bit / 8;
            assertThatThrownBy(() -> snapshots.readChunk(snapshot, at, 1))
                    .as("byte %d", at)
                    .isInstanceOf(CorruptSnapshotException.class);
            assertThatThrownBy(() -> snapshots.readChunk(snapshot, 0, (int) snapshot.sizeInBytes()))
                    .isInstanceOf(CorruptSnapshotException.class);
            fixture.disk.flip(name, bit);
        }
        assertThat(snapshots.readChunk(snapshot, 0, (int) snapshot.sizeInBytes()))
                .contains(fixture.disk.bytesOf(name));
        fixture.disk.shorten(name, 100_000);
        assertThatThrownBy(() -> snapshots.readChunk(snapshot, 90_000, 20_000))
                .isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void sendsAnyPartAsItIs() throws IOException {
        Snapshot snapshot = take(3);
        byte[] all = fixture.disk.bytesOf("snapshot-0000000000000000003");
        var random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(all.length);
            int length = random.nextInt(all.length - from) + 1;
            assertThat(fixture.folder.snapshots().readChunk(snapshot, from, length))
                    .hasValueSatisfying(
                            part -> assertThat(part).isEqualTo(Arrays.copyOfRange(all, from, from + length)));
        }
    }

    /** The case that no entry has been applied since. */
    @Test
    void replacesACorruptSnapshotOfTheSameSlot() throws IOException {
        Snapshot corrupt = take(3);
        fixture.disk.flip("snapshot-0000000000000000003", 8_000);
        Snapshot sound = take(3);
        assertThat(sound).isEqualTo(corrupt);
        assertThat(read(sound)).isEqualTo(content);
        assertThat(fixture.folder.snapshots().readChunk(sound, 0, 2_000)).isPresent();
    }

    @Test
    void refusesPartsOutOfOrder() throws IOException {
        Snapshot snapshot = take(3);
        Snapshots receiver = new LogFixture(2).folder.snapshots();
        assertThatThrownBy(() -> receiver.storeChunk(snapshot, 5, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        receiver.storeChunk(snapshot, 0, new byte[10]);
        assertThatThrownBy(() -> receiver.storeChunk(snapshot, 9, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.storeChunk(snapshot, 10, new byte[(int) snapshot.sizeInBytes()]))
                .isInstanceOf(IllegalArgumentException.class);
        receiver.storeChunk(snapshot, 0, new byte[20]);
        receiver.storeChunk(snapshot, 20, new byte[20]);
    }

    @Test
    void refusesToInstallAnIncompleteSnapshot() throws IOException {
        Snapshot snapshot = take(3);
        var receiver = new LogFixture(2);
        Snapshots snapshots = receiver.folder.snapshots();
        assertThatThrownBy(() -> snapshots.install(snapshot)).isInstanceOf(CorruptSnapshotException.class);
        for (long bit = 0; bit < snapshot.sizeInBytes() * 8; bit += 9_973) {
            send(snapshot, receiver);
            receiver.disk.flip("received.tmp", bit);
            assertThatThrownBy(() -> snapshots.install(snapshot))
                    .as("bit %d", bit)
                    .isInstanceOfAny(CorruptSnapshotException.class, UnusableFolderException.class);
        }
        assertThat(snapshots.newest()).isEmpty();
        send(snapshot, receiver);
        snapshots.install(snapshot);
    }

    @Test
    void refusesASnapshotThatIsCorruptAnywhere() throws IOException {
        take(3);
        int size = fixture.disk.sizeOf("snapshot-0000000000000000003");
        for (long bit = 0; bit < size * 8L; bit += 9_973) {
            create();
            take(3);
            fixture.folder.close();
            fixture.disk.flip("snapshot-0000000000000000003", bit);
            assertThatThrownBy(fixture::open)
                    .as("bit %d", bit)
                    .isInstanceOf(UnusableFolderException.class)
                    .hasMessageContaining("snapshot-0000000000000000003");
        }
    }

    @Test
    void refusesASnapshotThatWasCut() throws IOException {
        for (int kept : new int[] {0, 100, 512, 600, 70_000, 200_000}) {
            create();
            take(3);
            fixture.disk.shorten("snapshot-0000000000000000003", kept);
            assertThatThrownBy(fixture::open)
                    .isInstanceOf(UnusableFolderException.class)
                    .hasMessageContaining("snapshot-0000000000000000003 is corrupt: it was truncated")
                    .hasMessageContaining("under a new id");
        }
    }

    @Test
    void usesAnOlderSnapshotIfTheLogReachesBackToIt() throws IOException {
        Snapshot old = take(1);
        take(2);
        fixture.disk.flip("snapshot-0000000000000000002", 8_000);
        fixture.open();
        assertThat(fixture.recovery().state().snapshot()).isEqualTo(old);
        assertThat(fixture.recovery().corruptSnapshots()).isEqualTo(1);
        assertThat(fixture.entries()).hasSize(3);
    }

    /** Older snapshots are kept only for fetches in progress, and a fetch ends with the process. */
    @Test
    void keepsOnlyTheNewestOverAStart() throws IOException {
        take(1);
        Snapshot newest = take(2);
        fixture.open();
        assertThat(fixture.recovery().state().snapshot()).isEqualTo(newest);
        assertThat(fixture.disk.names())
                .filteredOn(name -> name.startsWith("snapshot"))
                .hasSize(1);
    }

    @Test
    void refusesANewerOrForeignSnapshot() throws IOException {
        take(3);
        byte[] bytes = fixture.disk.bytesOf("snapshot-0000000000000000003");
        fixture.disk.overwrite(
                "snapshot-0000000000000000003",
                8,
                ByteBuffer.allocate(4).putInt(2).array());
        assertThatThrownBy(fixture::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("has version 2, this program knows versions up to 1")
                .hasMessageContaining("start the newer program");

        var foreign = new Snapshots(new SimulatedDisk(new SplittableRandom(1)), new UUID(3, 3), null);
        ByteBuffer header = SnapshotFile.header(foreign.cluster(), 3, LEARNING);
        fixture.disk.overwrite("snapshot-0000000000000000003", 0, bytes);
        fixture.disk.overwrite("snapshot-0000000000000000003", 0, header.array());
        assertThatThrownBy(fixture::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is of cluster " + foreign.cluster() + ", not of " + IDENTITY.cluster());
    }

    @Test
    void failsIfTheDiskIsFull() throws IOException {
        long size =
                fixture.disk.names().stream().mapToLong(fixture.disk::sizeOf).sum();
        fixture.disk.limit(size + 100_000);
        assertThatThrownBy(() -> take(3)).isInstanceOf(DiskFullException.class);
        assertThat(fixture.disk.names()).noneMatch(name -> name.contains("snapshot"));
        assertThat(fixture.folder.snapshots().newest()).isEmpty();
    }
}
