package io.orderly.coordinator.clock;

import io.orderly.clock.HybridTimestamp;

/**
 * The timestamps that this node may hand out while it leads, packed: from {@code next} to {@code bound}. It is valid as long as
 * {@code bound} is the one in the replicated state, since each raise is higher.
 *
 * @param next the lowest that was not handed out; {@code bound + 1} if none is left
 * @param bound the replicated bound, as far as this node knows
 */
record TimestampWindow(long next, long bound) {

    /** The window of a node that did not raise the bound itself. */
    static TimestampWindow emptyAfter(long bound) {
        return new TimestampWindow(bound + 1, bound);
    }

    /** Where the next range begins: after all timestamps handed out, and not before the clock. */
    long firstAt(long physicalMillis) {
        return Math.max(next, new HybridTimestamp(physicalMillis, 0).toLong());
    }

    boolean has(long first, long count) {
        return count - 1 <= bound - first;
    }

    TimestampWindow without(long first, int count) {
        return new TimestampWindow(first + count, bound);
    }

    /**
     * After this node's proposal: the rest of the window is still valid if no other node raised the bound in between. If another
     * node raised it higher, both numbers are equal, and the window is empty.
     */
    TimestampWindow raised(long previous, long raised) {
        return new TimestampWindow(previous == bound ? next : previous + 1, raised);
    }
}
