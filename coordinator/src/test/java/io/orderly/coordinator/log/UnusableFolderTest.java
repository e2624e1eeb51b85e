package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static io.orderly.coordinator.log.LogFixture.SETTINGS;
import static io.orderly.coordinator.log.LogFixture.accepted;
import static io.orderly.coordinator.log.LogFixture.acceptedOf;
import static io.orderly.coordinator.log.LogFixture.promised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.DurableRecord.LowWaterMark;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node starts only on its own, complete folder. Otherwise the error says what is wrong, in which file, and what to do. */
class UnusableFolderTest {

    private static final String FIRST = "segment-0000000000000000001";
    private static final String SECOND = "segment-0000000000000000002";

    private LogFixture fixture;

    @BeforeEach
    void write() throws IOException {
        fixture = new LogFixture(1);
        fixture.append(promised(1));
        for (int slot = 1; slot <= 12; slot++) {
            fixture.commit(acceptedOf(slot, 1, 700));
        }
        fixture.folder.close();
        assertThat(fixture.disk.names()).contains(FIRST, SECOND, "segment-0000000000000000003");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(fixture::open).isInstanceOf(UnusableFolderException.class);
    }

    @Test
    void refusesTheFolderOfAnotherNode() {
        var other = new NodeIdentity(IDENTITY.cluster(), new NodeId(2));
        assertThatThrownBy(() -> DataFolder.open(fixture.disk, other, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is the folder of " + IDENTITY + ", not of " + other)
                .hasMessageContaining("start the node on its own folder");
    }

    @Test
    void refusesTheFolderOfAnotherCluster() {
        var other = new NodeIdentity(new UUID(1, 1), IDENTITY.node());
        assertThatThrownBy(() -> DataFolder.open(fixture.disk, other, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is the folder of " + IDENTITY + ", not of " + other);
    }

    @Test
    void refusesASegmentOfAnotherNode() throws IOException {
        var other = new SimulatedDisk(new SplittableRandom(1));
        var identity = new NodeIdentity(IDENTITY.cluster(), new NodeId(2));
        DataFolder.create(other, identity, 7, MEMBERS, SETTINGS);
        fixture.disk.overwrite(FIRST, 0, other.bytesOf(FIRST));
        assertRefused().hasMessageContaining(FIRST + " is of " + identity).hasMessageContaining("its own folder");
    }

    @Test
    void refusesToCreateASecondNodeInAFolder() {
        assertThatThrownBy(() -> DataFolder.create(fixture.disk, IDENTITY, 7, MEMBERS, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is the folder of a node already")
                .hasMessageContaining("name an empty folder");
    }

    @Test
    void refusesToCreateANodeInAFolderWithOtherFiles() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.create("photos").close();
        assertThatThrownBy(() -> DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("holds photos");
    }

    @Test
    void doesNotRecreateANodeWhoseFilesAreMissing() throws IOException {
        fixture.disk.delete("node-a");
        fixture.disk.delete("node-b");
        assertRefused().hasMessageContaining("has neither of node-a and node-b").hasMessageContaining("under a new id");
        assertThatThrownBy(() -> DataFolder.create(fixture.disk, IDENTITY, 7, MEMBERS, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void refusesAnEmptyFolder() {
        fixture.disk.lose();
        assertRefused()
                .hasMessageContaining("simulated disk is empty")
                .hasMessageContaining("Create it first, if the node is new")
                .hasMessageContaining("under a new id");
    }

    @Test
    void refusesAFolderWithoutRoom() {
        fixture.disk.limit(1);
        assertRefused().hasMessageContaining("has room for 0 bytes, not for a segment of 4096; make room");
        fixture.disk.lose();
        assertThatThrownBy(() -> DataFolder.create(fixture.disk, IDENTITY, 7, MEMBERS, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("make room");
    }

    @Test
    void refusesALogWithoutItsFirstSegment() {
        fixture.disk.delete(FIRST);
        assertRefused().hasMessageContaining("slot 1 is missing in the log").hasMessageContaining("under a new id");
    }

    @Test
    void refusesALogWithoutASegmentInTheMiddle() {
        fixture.disk.delete(SECOND);
        assertRefused().hasMessageContaining(SECOND + " is missing").hasMessageContaining("Restore it");
    }

    @Test
    void refusesALogWithoutItsLastSegment() {
        String last = fixture.lastSegment();
        fixture.disk.delete(last);
        assertRefused().hasMessageContaining("is sealed, so " + last + " is missing");
    }

    @Test
    void refusesAFolderWithoutALog() {
        fixture.disk.names().stream()
                .filter(name -> SegmentHeader.numberOf(name) >= 0)
                .forEach(fixture.disk::delete);
        assertRefused().hasMessageContaining("has no segment of the log left");
    }

    @Test
    void refusesEmptyFiles() {
        fixture.disk.shorten(SECOND, 0);
        assertRefused().hasMessageContaining(SECOND + " has 0 bytes, less than its header");
    }

    @Test
    void refusesARenamedSegment() throws IOException {
        fixture.disk.rename(FIRST, "x");
        fixture.disk.rename(SECOND, FIRST);
        fixture.disk.rename("x", SECOND);
        assertRefused()
                .hasMessageContaining(FIRST + " is segment 2 according to its header")
                .hasMessageContaining("its original name");
    }

    @Test
    void refusesANewerSegment() {
        byte[] bytes = fixture.disk.bytesOf(FIRST);
        ByteBuffer.wrap(bytes).putInt(8, 2);
        fixture.disk.overwrite(FIRST, 0, bytes);
        assertRefused()
                .hasMessageContaining(FIRST + " has version 2, this program knows versions up to 1")
                .hasMessageContaining("start the newer program");
    }

    @Test
    void refusesANewerPromise() {
        byte[] bytes = fixture.disk.bytesOf("node-a");
        ByteBuffer.wrap(bytes).putInt(8, 2);
        var crc = new CRC32C();
        crc.update(bytes, 0, NodeFile.BYTES - 4);
        ByteBuffer.wrap(bytes).putInt(NodeFile.BYTES - 4, (int) crc.getValue());
        fixture.disk.overwrite("node-a", 0, bytes);
        assertRefused().hasMessageContaining("node-a of simulated disk has version 2");
    }

    @Test
    void refusesANewerRecord() throws IOException {
        int begin = SegmentHeader.BYTES + 17 * RecordHeader.BYTES;
        byte[] bytes = Arrays.copyOfRange(fixture.disk.bytesOf(FIRST), begin, begin + RecordHeader.BYTES);
        bytes[6] = RecordHeader.VERSION + 1;
        var header = new SegmentHeader(IDENTITY, 1, 1, 17, 0, 0);
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(header.salt()).flip());
        crc.update(bytes, 4, RecordHeader.BYTES - 4);
        ByteBuffer.wrap(bytes).putInt(0, (int) crc.getValue());
        fixture.disk.overwrite(FIRST, begin, bytes);
        assertRefused()
                .hasMessageContaining(FIRST + " holds a record of version 3 and type 1")
                .hasMessageContaining("start the newer program");
    }

    @Test
    void refusesALogThatBeginsBehindTheSnapshot() throws IOException {
        fixture.open();
        try (var writer = fixture.folder.snapshots().take(10, EffectiveMembership.initial(MEMBERS))) {
            writer.finish();
        }
        fixture.commit(new LowWaterMark(10));
        fixture.folder.close();
        fixture.disk.delete("snapshot-0000000000000000010");
        assertRefused()
                .hasMessageContaining("begins after slot 10")
                .hasMessageContaining("there is none")
                .hasMessageContaining("Restore it");
    }

    @Test
    void refusesALogWithEntriesAboveThePromise() throws IOException {
        byte[] before = fixture.disk.bytesOf("node-a");
        fixture.open();
        fixture.commit(promised(2), accepted(13, 2, 1));
        fixture.folder.close();
        fixture.disk.overwrite("node-a", 0, before);
        fixture.disk.overwrite("node-b", 0, before);
        assertRefused().hasMessageContaining("above the promise 1.2").hasMessageContaining("under a new id");
    }

    @Test
    void makesAFolderThroughAnyPowerFailure() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            disk.losePowerAfter(seed % 16);
            try {
                DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS);
            } catch (SimulatedDisk.PowerLoss e) {
                disk.crash();
                if (!NodeFile.exists(disk.names())) {
                    DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS);
                }
            }
            disk.crash();
            assertThat(DataFolder.open(disk, IDENTITY, SETTINGS)
                            .recovery()
                            .state()
                            .initialMembership())
                    .isEqualTo(MEMBERS);
        }
    }
}
