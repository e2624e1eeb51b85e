package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The locations of the values of entries in the log on a disk at rest, so that a test can corrupt exactly one of them. */
public final class EntryLocations {

    /** @param position of the first byte, in the file */
    public record Place(String segment, long position, int length) {}

    private EntryLocations() {}

    /** @return by slot, of those entries that have a value and are not replaced by a later record */
    public static SortedMap<Long, Place> of(SimulatedDisk disk, UUID cluster, NodeId node) throws IOException {
        NodeIdentity identity = new NodeIdentity(cluster, node);
        List<SegmentHeader> headers = new ArrayList<>();
        for (String name : disk.names()) {
            if (SegmentHeader.numberOf(name) >= 0) {
                try (DiskFile file = disk.open(name)) {
                    headers.add(SegmentHeader.read(file, name, identity));
                }
            }
        }
        SortedMap<Long, Place> places = new TreeMap<>();
        for (int i = 0; i < headers.size(); i++) {
            SegmentHeader header = headers.get(i);
            long successor = i + 1 < headers.size() ? headers.get(i + 1).firstSequence() : 0;
            try (DiskFile file = disk.open(header.name())) {
                new SegmentReader(header, file, successor).read((record, _) -> note(places, header.name(), record));
            }
        }
        return places;
    }

    private static void note(SortedMap<Long, Place> places, String segment, RecordHeader record) {
        switch (record.type()) {
            case COMMAND, MEMBERSHIP, NO_OP -> {
                places.remove(record.slot());
                if (record.length() > 0) {
                    long position = record.position() + RecordHeader.BYTES;
                    places.put(record.slot(), new Place(segment, position, record.length()));
                }
            }
            case TAIL_CUT -> places.tailMap(record.slot() + 1).clear();
            case LOW_WATER_MARK -> places.headMap(record.slot() + 1).clear();
            case COMMIT_MARK, SEAL -> {}
        }
    }
}
