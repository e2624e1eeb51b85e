package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static io.orderly.coordinator.log.LogFixture.SETTINGS;
import static io.orderly.coordinator.log.LogFixture.accepted;
import static io.orderly.coordinator.log.LogFixture.acceptedOf;
import static io.orderly.coordinator.log.LogFixture.ballot;
import static io.orderly.coordinator.log.LogFixture.entry;
import static io.orderly.coordinator.log.LogFixture.entryOf;
import static io.orderly.coordinator.log.LogFixture.promised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableRecord.Accepted;
import io.orderly.coordinator.consensus.DurableRecord.CommitMark;
import io.orderly.coordinator.consensus.DurableRecord.LowWaterMark;
import io.orderly.coordinator.consensus.DurableRecord.TailCut;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteAheadLogTest {

    private LogFixture fixture;
    private long capacityBytes;

    @BeforeEach
    void createFolder() throws IOException {
        fixture = new LogFixture(1);
    }

    @Test
    void startsEmpty() {
        assertThat(fixture.recovery())
                .isEqualTo(new RecoveryReport(DurableState.empty(MEMBERS), 0, 0, 0, 0, 1, 4096 + 17 * 64));
    }

    @Test
    void readsWhatWasCommitted() throws IOException {
        var membership = new Membership(List.of(new NodeId(1), new NodeId(2)), List.of(new NodeId(3)));
        var noOp = new Entry(2, ballot(1), new Payload.NoOp());
        var change = new Entry(3, ballot(1), new Payload.MembershipChange(1, membership));
        long acknowledged = fixture.commit(
                promised(1), accepted(1, 1, 7, 8), new Accepted(noOp), new Accepted(change), new CommitMark(2));

        assertThat(acknowledged).isEqualTo(4);
        fixture.disk.crash();
        DurableState state = fixture.open().recovery().state();
        assertThat(state.promised()).isEqualTo(ballot(1));
        assertThat(state.entries()).containsExactly(entry(1, 1, 7, 8), noOp, change);
        assertThat(state.commitMark()).isEqualTo(2);
        assertThat(state.initialMembership()).isEqualTo(MEMBERS);
        assertThat(state.corruptSlots()).isEmpty();
        assertThat(fixture.recovery().tornBytes()).isZero();
    }

    @Test
    void forcesManyAppendsOnce() throws IOException {
        fixture.commit(promised(1));
        long before = fixture.disk.forces();
        for (int slot = 1; slot <= 10; slot++) {
            fixture.append(accepted(slot, 1, slot));
        }
        assertThat(fixture.commit()).isEqualTo(10);
        assertThat(fixture.disk.forces() - before).isEqualTo(1);
    }

    @Test
    void writesIntoZerosAndCutsOffTheRest() throws IOException {
        String segment = fixture.lastSegment();
        fixture.commit(promised(1), accepted(1, 1, 1));
        int size = fixture.disk.sizeOf(segment);
        fixture.commit(accepted(2, 1, 2));
        assertThat(fixture.disk.sizeOf(segment)).isEqualTo(size);
        fixture.disk.kill();
        fixture.open();
        assertThat(fixture.recovery().tornBytes()).isZero();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1), entry(2, 1, 2));
        fixture.commit(accepted(3, 1, 3));
        fixture.folder.close();
        assertThat(fixture.disk.sizeOf(segment)).isEqualTo(4096 + 17 * 64 + 3 * 128);
    }

    @Test
    void losesOnlyWhatWasNotCommitted() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            fixture = new LogFixture(seed);
            fixture.commit(promised(1), accepted(1, 1, 1));
            fixture.append(acceptedOf(2, 1, 700), acceptedOf(3, 1, 700), acceptedOf(4, 1, 700));
            fixture.log().flush();
            fixture.disk.crash();
            fixture.open();
            assertThat(fixture.recovery().corruptRecords()).isZero();
            assertThat(List.of(entry(1, 1, 1), entryOf(2, 1, 700), entryOf(3, 1, 700), entryOf(4, 1, 700)))
                    .startsWith(fixture.entries().toArray(Entry[]::new));
            assertThat(fixture.entries()).isNotEmpty();
        }
    }

    @Test
    void usesTheLastRecordOfASlot() throws IOException {
        fixture.commit(promised(1), accepted(1, 1, 1), accepted(2, 1, 2), accepted(3, 1, 3));
        fixture.commit(promised(2), accepted(2, 2, 22));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1), entry(2, 2, 22), entry(3, 1, 3));
    }

    @Test
    void cutsTheTailDurably() throws IOException {
        fixture.commit(promised(1), accepted(1, 1, 1), accepted(2, 1, 2), accepted(3, 1, 3));
        fixture.commit(promised(2), new TailCut(1), accepted(2, 2, 22));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1), entry(2, 2, 22));
    }

    @Test
    void continuesInTheNextSegment() throws IOException {
        fixture.append(promised(1));
        for (int slot = 1; slot <= 100; slot++) {
            fixture.commit(acceptedOf(slot, 1, 300), new CommitMark(slot));
        }
        assertThat(fixture.log().segments()).isGreaterThan(10);
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).hasSize(100);
        assertThat(fixture.recovery().state().commitMark()).isEqualTo(100);
        assertThat(fixture.recovery().segments()).isEqualTo(fixture.log().segments());
        fixture.commit(acceptedOf(101, 1, 300));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).hasSize(101);
    }

    @Test
    void takesARecordLargerThanASegment() throws IOException {
        fixture.commit(promised(1), acceptedOf(1, 1, 10), acceptedOf(2, 1, 8 << 10), acceptedOf(3, 1, 10));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entryOf(1, 1, 10), entryOf(2, 1, 8 << 10), entryOf(3, 1, 10));
    }

    @Test
    void acceptsEverythingThatALeaderMaySend() throws IOException {
        int most = Payload.Command.MAX_BYTES;
        assertThatThrownBy(() -> fixture.append(promised(1), acceptedOf(1, 1, most + 1)))
                .isInstanceOf(RecordTooLargeException.class)
                .hasMessage("the command for slot 1 has 2097153 bytes, more than the 2097152 that every node accepts");
        fixture.commit(acceptedOf(1, 1, most));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entryOf(1, 1, most));
    }

    @Test
    void refusesALowerPromise() throws IOException {
        fixture.commit(promised(3));
        assertThatThrownBy(() -> fixture.append(promised(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletesSegmentsBelowTheLowWaterMarkAndNoOthers() throws IOException {
        fixture.append(promised(1));
        for (int slot = 1; slot <= 60; slot++) {
            fixture.commit(acceptedOf(slot, 1, 300));
        }
        try (var writer = fixture.folder.snapshots().take(50, EffectiveMembership.initial(MEMBERS))) {
            writer.finish();
        }
        int before = fixture.log().segments();
        long bytesBefore = fixture.log().sizeInBytes();
        fixture.commit(new LowWaterMark(30), new CommitMark(50));
        assertThat(fixture.log().segments()).isLessThan(before);
        assertThat(fixture.log().sizeInBytes()).isLessThan(bytesBefore);
        fixture.disk.crash();
        DurableState state = fixture.open().recovery().state();
        assertThat(state.lowWaterMark()).isEqualTo(30);
        assertThat(state.entries()).first().isEqualTo(entryOf(31, 1, 300));
        assertThat(state.entries()).hasSize(30);

        for (int slot = 61; slot <= 120; slot++) {
            fixture.commit(acceptedOf(slot, 1, 300), new LowWaterMark(Math.min(50, slot)));
        }
        fixture.disk.crash();
        state = fixture.open().recovery().state();
        assertThat(state.lowWaterMark()).isEqualTo(50);
        assertThat(state.commitMark()).isEqualTo(50);
        assertThat(state.entries()).hasSize(70);
    }

    @Test
    void stopsAfterAFailedForce() throws IOException {
        fixture.commit(promised(1), accepted(1, 1, 1));
        fixture.append(accepted(2, 1, 2));
        fixture.disk.failNextForce();
        assertThatThrownBy(() -> fixture.log().commit())
                .isInstanceOf(LogStoppedException.class)
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("the node stops");
        assertThatThrownBy(() -> fixture.log().commit()).isInstanceOf(LogStoppedException.class);
        assertThatThrownBy(() -> fixture.log().flush()).isInstanceOf(LogStoppedException.class);
        assertThatThrownBy(() -> fixture.append(accepted(3, 1, 3))).isInstanceOf(LogStoppedException.class);
        fixture.folder.close();
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1));
    }

    /** With a little more space each time, so that it ends in the middle of records, indexes, seals and new segments. */
    @Test
    void aFullDiskLosesAndRepeatsNothing() throws IOException {
        for (int spaceBytes = 7; spaceBytes < 3_000; spaceBytes += 97) {
            fixture = new LogFixture(spaceBytes);
            List<Entry> wanted = new ArrayList<>();
            fixture.commit(promised(1));
            capacityBytes = fixture.disk.names().stream()
                    .mapToLong(fixture.disk::sizeOf)
                    .sum();
            fixture.disk.limit(capacityBytes);
            int timesFull = 0;
            for (int slot = 1; slot <= 24; slot++) {
                wanted.add(entryOf(slot, 1, 40 * slot));
                timesFull += commitWithLittleSpace(acceptedOf(slot, 1, 40 * slot), spaceBytes);
            }
            assertThat(timesFull).isPositive();
            assertThat(fixture.log().segments()).isGreaterThan(2);
            fixture.disk.crash();
            fixture.disk.limit(1 << 20);
            fixture.open();
            assertThat(fixture.entries()).isEqualTo(wanted);
            assertThat(fixture.recovery().corruptRecords()).isZero();
        }
    }

    /** @return how often the disk was full before the record was durable */
    private int commitWithLittleSpace(DurableRecord record, int spaceBytes) throws IOException {
        boolean isAppended = false;
        for (int timesFull = 0; ; timesFull++) {
            assertThat(timesFull).isLessThan(10_000);
            try {
                if (!isAppended) {
                    fixture.log().append(record);
                    isAppended = true;
                }
                fixture.log().commit();
                return timesFull;
            } catch (DiskFullException e) {
                capacityBytes += spaceBytes;
                fixture.disk.limit(capacityBytes);
            }
        }
    }

    @Test
    void aCrashOfAFullDiskLosesOnlyWhatWasNotAcknowledged() throws IOException {
        fixture.commit(promised(1), acceptedOf(1, 1, 300));
        fixture.disk.limit(fixture.disk.sizeOf("segment-0000000000000000001") + 1024 + 500);
        assertThatThrownBy(() -> fixture.commit(acceptedOf(2, 1, 2500)))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining("No space");
        fixture.disk.kill();
        assertThatThrownBy(fixture::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("simulated disk has room for")
                .hasMessageContaining("make room");
        fixture.disk.limit(1 << 20);
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entryOf(1, 1, 300));
    }

    @Test
    void keepsAPromiseThroughAnyPowerFailure() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            fixture = new LogFixture(seed);
            fixture.commit(promised(1));
            fixture.disk.losePowerAfter(seed % 6);
            boolean acknowledged = false;
            try {
                fixture.commit(promised(2));
                acknowledged = true;
            } catch (SimulatedDisk.PowerLoss e) {
                // was not acknowledged
            }
            fixture.disk.crash();
            assertThat(fixture.open().recovery().state().promised()).isIn(ballot(2), ballot(acknowledged ? 2 : 1));
        }
    }

    @Test
    void forcesLessOftenIfConfigured() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        var settings = new LogSettings(1 << 20, 1000, new FsyncPolicy(4_000));
        DataFolder.create(disk, IDENTITY, 7, MEMBERS, settings);
        WriteAheadLog log = DataFolder.open(disk, IDENTITY, settings).log();
        log.append(promised(1));
        log.commit();
        long before = disk.forces();
        for (int slot = 1; slot <= 60; slot++) {
            log.append(acceptedOf(slot, 1, 64));
            assertThat(log.commit()).isEqualTo(slot);
        }
        assertThat(disk.forces() - before).isEqualTo(1);
        disk.kill();
        assertThat(DataFolder.open(disk, IDENTITY, settings).recovery().state().entries())
                .hasSize(60);
    }

    @Test
    void theFolderKeepsItsIncarnation() throws IOException {
        fixture.log().append(promised(1));
        fixture.log().commit();
        fixture.disk.kill();
        assertThat(fixture.open().incarnation()).isEqualTo(7);
    }

    @Test
    void deletesLeftoverFilesWhenOpened() throws IOException {
        fixture.disk.create("segment-0000000000000000002.tmp").close();
        fixture.disk.create("snapshot-0000000000000000002.taken.tmp").close();
        fixture.open();
        assertThat(fixture.disk.names()).containsExactly("node-a", "node-b", "segment-0000000000000000001");
    }

    @Test
    void defaultSettingsAreConsistent() {
        assertThat(SETTINGS).isNotEqualTo(LogSettings.DEFAULTS);
        assertThat(LogSettings.DEFAULTS.fsync()).isEqualTo(FsyncPolicy.ALWAYS);
    }

    /** A sector of zeroes looks like one that was never written, but here it was written. The next record extends the file far enough. */
    @Test
    void aTornCommandWithZeroBlocksIsCutOffAndNotTreatedAsCorrupt() throws IOException {
        int torn = 0;
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            int[] command = new int[random.nextInt(1_500, 6_000)];
            int from = random.nextInt(command.length - 1_100);
            for (int i = 0; i < command.length; i++) {
                command[i] = i < from || i >= from + 1_100 ? random.nextInt(1, 128) : 0;
            }
            fixture = new LogFixture(seed, new LogSettings(64 << 10, 16, FsyncPolicy.ALWAYS));
            fixture.commit(promised(1), accepted(1, 1, command));
            fixture.append(accepted(2, 1, command), acceptedOf(3, 1, 8_000));
            fixture.log().flush();
            fixture.disk.crash();
            fixture.open();
            assertThat(fixture.recovery().corruptRecords()).as("seed %d", seed).isZero();
            assertThat(fixture.entries().getFirst()).isEqualTo(entry(1, 1, command));
            torn += fixture.recovery().tornBytes() > 0 ? 1 : 0;
        }
        assertThat(torn).isGreaterThan(50);
    }
}
