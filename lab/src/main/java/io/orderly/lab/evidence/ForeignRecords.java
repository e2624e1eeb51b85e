package io.orderly.lab.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The foreign records that were found. There may be any number of them, so only some are kept.
 *
 * @param count of all that were found
 * @param first some of them
 */
public record ForeignRecords(long count, List<ForeignRecord> first) {

    public static final ForeignRecords NONE = new ForeignRecords(0, List.of());

    private static final int KEPT = 20;

    public boolean isEmpty() {
        return count == 0;
    }

    static final class Collector {

        private final List<ForeignRecord> first = new ArrayList<>();
        private long count;

        void add(ForeignRecord record) {
            count++;
            if (first.size() < KEPT) {
                first.add(record);
            }
        }

        ForeignRecords records() {
            return new ForeignRecords(count, List.copyOf(first));
        }
    }
}
