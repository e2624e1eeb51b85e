package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** A folder on a simulated disk, and factories for its records. */
final class LogFixture {

    static final NodeIdentity IDENTITY = new NodeIdentity(new UUID(7, 11), new NodeId(1));
    static final Membership MEMBERS = Membership.of(1, 2, 3);

    /** Small, so that there is more than one segment. */
    static final LogSettings SETTINGS = new LogSettings(4 << 10, 16, FsyncPolicy.ALWAYS);

    final SimulatedDisk disk;
    private final LogSettings settings;
    DataFolder folder;

    LogFixture(long seed) throws IOException {
        this(seed, SETTINGS);
    }

    LogFixture(long seed, LogSettings settings) throws IOException {
        this.settings = settings;
        disk = new SimulatedDisk(new SplittableRandom(seed));
        DataFolder.create(disk, IDENTITY, 7, MEMBERS, settings);
        folder = open();
    }

    DataFolder open() throws IOException {
        return folder = DataFolder.open(disk, IDENTITY, settings);
    }

    WriteAheadLog log() {
        return folder.log();
    }

    RecoveryReport recovery() {
        return folder.recovery();
    }

    List<Entry> entries() {
        return recovery().state().entries();
    }

    void append(DurableRecord... records) throws IOException {
        for (DurableRecord record : records) {
            log().append(record);
        }
    }

    long commit(DurableRecord... records) throws IOException {
        append(records);
        return log().commit();
    }

    /** The promise that entries in here are accepted under. */
    static DurableRecord promised(long round) {
        return new DurableRecord.Promised(ballot(round));
    }

    static Ballot ballot(long round) {
        return new Ballot(round, 2);
    }

    static DurableRecord accepted(long slot, long round, int... bytes) {
        return new DurableRecord.Accepted(entry(slot, round, bytes));
    }

    static Entry entry(long slot, long round, int... bytes) {
        byte[] command = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            command[i] = (byte) bytes[i];
        }
        return new Entry(slot, ballot(round), new Payload.Command(command));
    }

    /** An entry with a command of some length. */
    static Entry entryOf(long slot, long round, int length) {
        byte[] command = new byte[length];
        Arrays.fill(command, (byte) (slot + 1));
        return new Entry(slot, ballot(round), new Payload.Command(command));
    }

    static DurableRecord acceptedOf(long slot, long round, int length) {
        return new DurableRecord.Accepted(entryOf(slot, round, length));
    }

    String lastSegment() {
        return disk.names().stream()
                .filter(name -> SegmentHeader.numberOf(name) >= 0)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
