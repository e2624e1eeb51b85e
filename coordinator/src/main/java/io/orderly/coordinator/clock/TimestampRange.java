package io.orderly.coordinator.clock;

import io.orderly.clock.HybridTimestamp;

/**
 * Timestamps that no other client gets. As packed numbers they are consecutive.
 *
 * @param first the lowest
 * @param count above zero
 */
public record TimestampRange(HybridTimestamp first, int count) {

    /** @throws IllegalArgumentException if it is empty, or goes beyond the last timestamp there is */
    public TimestampRange {
        if (count <= 0 || first.toLong() > Long.MAX_VALUE - (count - 1)) {
            throw new IllegalArgumentException("no range: %d timestamps from %s".formatted(count, first));
        }
    }

    /** The highest. */
    public HybridTimestamp last() {
        return HybridTimestamp.fromLong(first.toLong() + count - 1);
    }

    @Override
    public String toString() {
        return count == 1 ? first.toString() : "%d from %s".formatted(count, first);
    }
}
