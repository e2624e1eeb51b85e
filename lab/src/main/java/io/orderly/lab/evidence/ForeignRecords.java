package io.orderly.lab.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The foreign records that were found. Their number is not bounded, so only some records of each topic are kept.
 *
 * @param count the number of all foreign records
 * @param shown the records that are kept, sorted by topic, partition and offset
 */
public record ForeignRecords(long count, List<ForeignRecord> shown) {

    public static final ForeignRecords NONE = new ForeignRecords(0, List.of());

    private static final int SHOWN_PER_TOPIC = 10;

    public boolean isEmpty() {
        return count == 0;
    }

    static final class Collector {

        private final TreeMap<String, List<ForeignRecord>> byTopic = new TreeMap<>();
        private long count;

        void add(ForeignRecord record) {
            count++;
            List<ForeignRecord> ofTopic = byTopic.computeIfAbsent(record.topic(), _ -> new ArrayList<>());
            if (ofTopic.size() < SHOWN_PER_TOPIC) {
                ofTopic.add(record);
            }
        }

        ForeignRecords records() {
            var inOrder = Comparator.comparingInt(ForeignRecord::partition).thenComparingLong(ForeignRecord::offset);
            return new ForeignRecords(
                    count,
                    byTopic.values().stream()
                            .flatMap(ofTopic -> ofTopic.stream().sorted(inOrder))
                            .toList());
        }
    }
}
