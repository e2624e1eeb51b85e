package io.orderly.partitions.simulation;

import io.orderly.partitions.PartitionId;
import java.util.HashMap;
import java.util.Map;

/** A model of the database that keeps the highest token of each partition, and refuses a lower one. */
final class GuardedDatabase {

    private final boolean checksTokens;
    private final Map<PartitionId, Long> highest = new HashMap<>();
    private long accepted;
    private long refused;

    GuardedDatabase(boolean checksTokens) {
        this.checksTokens = checksTokens;
    }

    void write(PartitionId partition, long token) {
        long before = highest.getOrDefault(partition, 0L);
        if (token < before && checksTokens) {
            refused++;
            return;
        }
        if (token < before) {
            throw new AssertionError("partition %s: a write with token %d took effect after one with %d"
                    .formatted(partition, token, before));
        }
        highest.put(partition, token);
        accepted++;
    }

    long accepted() {
        return accepted;
    }

    long refused() {
        return refused;
    }
}
