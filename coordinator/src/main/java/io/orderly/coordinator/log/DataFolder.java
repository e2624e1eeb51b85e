package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The durable data of a node: its promise, its log, its snapshots. The folder is created once, by {@link #create}, and opened at
 * every start, by {@link #open}, so that a folder that has become empty is not mistaken for that of a new node.
 */
public final class DataFolder implements Closeable {

    private final Disk disk;
    private final long incarnation;
    private final WriteAheadLog log;
    private final Snapshots snapshots;
    private final RecoveryReport recovery;

    private DataFolder(Disk disk, long incarnation, WriteAheadLog log, Snapshots snapshots, RecoveryReport recovery) {
        this.disk = disk;
        this.incarnation = incarnation;
        this.log = log;
        this.snapshots = snapshots;
        this.recovery = recovery;
    }

    /**
     * Creates the folder of a new node. If this is interrupted, the folder is not complete, and this may be repeated.
     *
     * @param incarnation any number that no other folder of this node has had; drawn at random. By it, other nodes detect that this one
     *     lost its disk and restarted under its old id
     * @param initialMembership the members that decide slot 1; {@link Membership#UNKNOWN} for a node that joins a running cluster
     * @throws UnusableFolderException if it is the folder of a node, or has other files
     */
    public static void create(
            Disk disk, NodeIdentity identity, long incarnation, Membership initialMembership, LogSettings settings)
            throws IOException {
        createLog(disk, identity, settings, false);
        NodeFile.create(disk, identity, incarnation, Ballot.ZERO, initialMembership);
    }

    /**
     * Creates the folder of a new node of a cluster that begins with a state, which counts as what came of slot 1. All initial members
     * must begin with the same. If this is interrupted, the folder is not complete, and this may be repeated.
     *
     * @param promised what the node has promised at the beginning, so that the ballots of the cluster are above those in the state
     * @param state as a state machine wrote it, part by part
     * @see #create(Disk, NodeIdentity, long, Membership, LogSettings)
     */
    public static void create(
            Disk disk,
            NodeIdentity identity,
            long incarnation,
            Membership initialMembership,
            Ballot promised,
            Iterator<byte[]> state,
            LogSettings settings)
            throws IOException {
        createLog(disk, identity, settings, true);
        var snapshots = new Snapshots(disk, identity.cluster(), null);
        try (SnapshotWriter writer = snapshots.take(1, EffectiveMembership.initial(initialMembership))) {
            while (state.hasNext()) {
                writer.write(state.next());
            }
            writer.finish();
        }
        NodeFile.create(disk, identity, incarnation, promised, initialMembership);
    }

    /** @param withState whether a snapshot of slot 1 may be left over */
    private static void createLog(Disk disk, NodeIdentity identity, LogSettings settings, boolean withState)
            throws IOException {
        refuseFull(disk, settings);
        List<String> names = disk.names();
        if (NodeFile.exists(names)) {
            throw new UnusableFolderException(
                    "%s is the folder of a node already; open it, or name an empty folder for a new node"
                            .formatted(disk));
        }
        for (String name : names) {
            if (!isLeftOver(disk, name, identity, withState)) {
                throw new UnusableFolderException(
                        "%s holds %s and is not empty; name an empty folder for a new node".formatted(disk, name));
            }
        }
        for (String name : names) {
            disk.delete(name);
        }
        var header = new SegmentHeader(identity, 1, 1, settings.segmentRecords() + 1, 0, 0);
        Segment.create(disk, header, settings.zeroedBytes()).close();
    }

    /** A file of an interrupted creation, without records. The files of the node are written last, and only with them it promises. */
    private static boolean isLeftOver(Disk disk, String name, NodeIdentity identity, boolean withState)
            throws IOException {
        if (name.endsWith(Disk.TEMPORARY) || withState && SnapshotFile.slotOf(name) == 1) {
            return true;
        }
        if (SegmentHeader.numberOf(name) != 1) {
            return false;
        }
        try (DiskFile file = disk.open(name)) {
            return file.size() <= SegmentHeader.read(file, name, identity).recordsBegin();
        }
    }

    /**
     * Opens the folder of a node, and reads its durable state. Records that were written and not forced when the process ended are
     * durable when this returns, or cut off.
     *
     * @throws UnusableFolderException if the node must not start on it
     */
    public static DataFolder open(Disk disk, NodeIdentity identity, LogSettings settings) throws IOException {
        refuseFull(disk, settings);
        List<String> names = disk.names();
        if (!NodeFile.exists(names)) {
            throw new UnusableFolderException(
                    names.isEmpty()
                            ? "%s is empty. Create it first, if the node is new. If it has lost its disk: %s"
                                    .formatted(disk, Remedy.REPLACE)
                            : ("%s has neither of %s: it is no node's folder, or its creation was not completed."
                                            + " Create it first, if the node is new. Otherwise: %s")
                                    .formatted(disk, String.join(" and ", NodeFile.COPIES), Remedy.REPLACE));
        }
        NodeFile node = NodeFile.open(disk, identity);
        for (String name : names) {
            if (name.endsWith(Disk.TEMPORARY)) {
                disk.delete(name);
            }
        }
        // a rename by a process that was killed may not be durable yet
        disk.force();
        return new Opening(disk, identity, settings, node).open();
    }

    /** Whether a disk holds the folder of a node. */
    public static boolean exists(Disk disk) throws IOException {
        return NodeFile.exists(disk.names());
    }

    private static void refuseFull(Disk disk, LogSettings settings) throws IOException {
        if (disk.freeBytes() < settings.segmentBytes()) {
            throw new UnusableFolderException("%s has room for %d bytes, not for a segment of %d; make room"
                    .formatted(disk, disk.freeBytes(), settings.segmentBytes()));
        }
    }

    /** The number drawn when the folder was created. */
    public long incarnation() {
        return incarnation;
    }

    public WriteAheadLog log() {
        return log;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    /** The result of opening the folder. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** An estimate of how many more bytes can be written to its disk, by anyone. */
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    /** Makes everything durable and closes the files. A folder that was not closed is in the same state as after a crash. */
    @Override
    public void close() throws IOException {
        log.close();
    }

    /** @param entry null if it is corrupt */
    private record Found(Ballot ballot, @Nullable Entry entry) {}

    /** One attempt to open a folder. */
    private static final class Opening {

        private final Disk disk;
        private final NodeIdentity identity;
        private final LogSettings settings;
        private final NodeFile node;

        private final NavigableMap<Long, Found> slots = new TreeMap<>();

        private Ballot highestBallot = Ballot.ZERO;
        private long lowWaterMark;
        private long commitMark;
        private int corruptRecords;
        private int recoveredFromIndex;
        private long bytes;
        private int corruptSnapshots;

        Opening(Disk disk, NodeIdentity identity, LogSettings settings, NodeFile node) {
            this.disk = disk;
            this.identity = identity;
            this.settings = settings;
            this.node = node;
        }

        DataFolder open() throws IOException {
            List<SegmentHeader> headers = headers();
            Deque<WriteAheadLog.FullSegment> full = new ArrayDeque<>();
            for (int i = 0; i < headers.size() - 1; i++) {
                full.add(readFull(headers.get(i), headers.get(i + 1)));
            }
            DiskFile file = disk.open(headers.getLast().name());
            try {
                return open(headers, full, file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        private DataFolder open(List<SegmentHeader> headers, Deque<WriteAheadLog.FullSegment> full, DiskFile file)
                throws IOException {
            SegmentHeader last = headers.getLast();
            SegmentReader reader = read(last, file, 0);
            if (reader.sealed()) {
                throw new UnusableFolderException("%s is sealed, so %s is missing in %s. Restore it. Otherwise: %s"
                        .formatted(last.name(), SegmentHeader.name(last.number() + 1), disk, Remedy.REPLACE));
            }
            Snapshots.Complete newest = newestSnapshot();
            Snapshot snapshot = newest == null ? null : newest.snapshot();
            DurableState state = state(snapshot);
            Segment active = resume(last, file, reader);
            deleteOtherSnapshots(snapshot);
            return new DataFolder(
                    disk,
                    node.incarnation(),
                    new WriteAheadLog(disk, settings, node, full, active, lowWaterMark, commitMark),
                    new Snapshots(disk, identity.cluster(), newest),
                    new RecoveryReport(
                            state,
                            reader.tornBytes(),
                            corruptRecords,
                            recoveredFromIndex,
                            corruptSnapshots,
                            headers.size(),
                            bytes));
        }

        private List<SegmentHeader> headers() throws IOException {
            List<Long> numbers = disk.names().stream()
                    .map(SegmentHeader::numberOf)
                    .filter(number -> number >= 0)
                    .toList();
            if (numbers.isEmpty()) {
                throw new UnusableFolderException("%s has no segment of the log left. Restore them. Otherwise: %s"
                        .formatted(disk, Remedy.REPLACE));
            }
            List<SegmentHeader> headers = new ArrayList<>();
            for (long number : numbers) {
                if (number != numbers.getFirst() + headers.size()) {
                    throw new UnusableFolderException("%s is missing in %s, between others. Restore it. Otherwise: %s"
                            .formatted(SegmentHeader.name(numbers.getFirst() + headers.size()), disk, Remedy.REPLACE));
                }
                String name = SegmentHeader.name(number);
                try (DiskFile file = disk.open(name)) {
                    headers.add(SegmentHeader.read(file, name, identity));
                }
            }
            return headers;
        }

        private WriteAheadLog.FullSegment readFull(SegmentHeader header, SegmentHeader next) throws IOException {
            try (DiskFile file = disk.open(header.name())) {
                SegmentReader reader = read(header, file, next.firstSequence());
                return new WriteAheadLog.FullSegment(header.name(), reader.highestSlot(), reader.end());
            }
        }

        private SegmentReader read(SegmentHeader header, DiskFile file, long successor) throws IOException {
            lowWaterMark = Math.max(lowWaterMark, header.lowWaterMark());
            commitMark = Math.max(commitMark, header.commitMark());
            var reader = new SegmentReader(header, file, successor);
            reader.read((record, payload) -> replay(header, record, payload));
            corruptRecords += reader.corrupt();
            recoveredFromIndex += reader.recoveredFromIndex();
            bytes += file.size();
            return reader;
        }

        private void replay(SegmentHeader header, RecordHeader record, byte @Nullable [] payload)
                throws UnusableFolderException {
            switch (record.type()) {
                case COMMAND, NO_OP, MEMBERSHIP -> {
                    if (record.ballot().compareTo(highestBallot) > 0) {
                        highestBallot = record.ballot();
                    }
                    slots.put(
                            record.slot(), new Found(record.ballot(), payload == null ? null : entry(record, payload)));
                }
                case TAIL_CUT -> slots.tailMap(record.slot(), false).clear();
                case COMMIT_MARK -> commitMark = Math.max(commitMark, record.slot());
                case LOW_WATER_MARK -> lowWaterMark = Math.max(lowWaterMark, record.slot());
                case SEAL ->
                    throw new UnusableFolderException("%s has a seal among its records at byte %d. %s"
                            .formatted(header.name(), record.position(), Remedy.REPLACE));
            }
            slots.headMap(lowWaterMark, true).clear();
        }

        private static Entry entry(RecordHeader record, byte[] payload) {
            return new Entry(record.slot(), record.ballot(), PayloadCodec.decode(record.type(), payload));
        }

        /** The newest intact snapshot. A corrupt one can be replaced by an older one that reaches the start of the log. */
        private Snapshots.@Nullable Complete newestSnapshot() throws IOException {
            List<Long> found = disk.names().stream()
                    .map(SnapshotFile::slotOf)
                    .filter(slot -> slot >= 0)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (long slot : found) {
                String name = SnapshotFile.name(slot);
                try (var content = new SnapshotFile.Content(disk.open(name), name, identity.cluster(), slot)) {
                    content.checkAll();
                    return new Snapshots.Complete(content.snapshot(), content.contentChecksum());
                } catch (CorruptSnapshotException e) {
                    corruptSnapshots++;
                    if (slot == found.getLast()) {
                        throw new UnusableFolderException(
                                "%s in %s. %s".formatted(e.getMessage(), disk, Remedy.REPLACE), e);
                    }
                }
            }
            return null;
        }

        /** Deletes older snapshots, which no node is fetching any more, and newer corrupt ones. */
        private void deleteOtherSnapshots(@Nullable Snapshot kept) throws IOException {
            for (String name : disk.names()) {
                long slot = SnapshotFile.slotOf(name);
                if (slot >= 0 && kept != null && slot != kept.slot()) {
                    disk.delete(name);
                }
            }
        }

        private DurableState state(@Nullable Snapshot snapshot) throws UnusableFolderException {
            long covered = snapshot == null ? 0 : snapshot.slot();
            if (lowWaterMark > covered) {
                throw new UnusableFolderException(
                        "the log of %s begins after slot %d, and no complete snapshot reaches it (%s). Restore it. Otherwise: %s"
                                .formatted(
                                        disk,
                                        lowWaterMark,
                                        snapshot == null ? "there is none" : snapshot,
                                        Remedy.REPLACE));
            }
            long missing = firstMissing(lowWaterMark);
            if (missing <= covered && hasAnythingAfter(missing)) {
                // the low-water mark of a snapshot from another node may be lost while the snapshot is durable
                lowWaterMark = covered;
                slots.headMap(covered, true).clear();
                missing = firstMissing(covered);
            }
            if (hasAnythingAfter(missing)) {
                throw new UnusableFolderException("slot %d is missing in the log of %s, but later ones exist. %s"
                        .formatted(missing, disk, Remedy.REPLACE));
            }
            if (highestBallot.compareTo(node.promised()) > 0) {
                throw new UnusableFolderException(
                        "the log of %s has an entry of ballot %s, above the promise %s: the promise is out of date. %s"
                                .formatted(disk, highestBallot, node.promised(), Remedy.REPLACE));
            }
            List<Entry> entries = new ArrayList<>(slots.size());
            var corruptSlots = new TreeMap<Long, Ballot>();
            slots.forEach((slot, found) -> {
                if (found.entry == null) {
                    corruptSlots.put(slot, found.ballot);
                } else {
                    entries.add(found.entry);
                }
            });
            try {
                return new DurableState(
                        node.promised(),
                        lowWaterMark,
                        commitMark,
                        entries,
                        corruptSlots,
                        snapshot,
                        node.initialMembership());
            } catch (IllegalArgumentException e) {
                throw new UnusableFolderException(
                        "the records in %s are inconsistent: %s. %s".formatted(disk, e.getMessage(), Remedy.REPLACE),
                        e);
            }
        }

        private long firstMissing(long after) {
            long missing = after + 1;
            for (long slot : slots.tailMap(after, false).keySet()) {
                if (slot != missing) {
                    break;
                }
                missing++;
            }
            return missing;
        }

        private boolean hasAnythingAfter(long slot) {
            return slots.higherKey(slot) != null;
        }

        /** Cuts off the torn tail, forces the rest, and completes the index. */
        private Segment resume(SegmentHeader header, DiskFile file, SegmentReader reader) throws IOException {
            file.truncate(reader.end());
            file.force();
            reader.completeIndex();
            file.force();
            return new Segment(
                    header, file, reader.nextSequence(), reader.end(), reader.highestSlot(), settings.zeroedBytes());
        }
    }
}
