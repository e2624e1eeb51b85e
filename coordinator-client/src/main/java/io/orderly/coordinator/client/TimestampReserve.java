package io.orderly.coordinator.client;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import java.time.Duration;
import java.util.Optional;

/** Timestamps that were allocated in advance, usable for a bounded time. Not thread-safe; the time is passed in. */
final class TimestampReserve {

    private final long maxAgeNanos;
    private long next;
    private long left;
    private long askedNanos;

    TimestampReserve(Duration maxAge) {
        maxAgeNanos = maxAge.toNanos();
    }

    /** @return empty if there are not enough, or they were requested too long ago */
    Optional<TimestampRange> take(int count, long nowNanos) {
        if (left < count || nowNanos - askedNanos > maxAgeNanos) {
            return Optional.empty();
        }
        TimestampRange range = new TimestampRange(HybridTimestamp.fromLong(next), count);
        next += count;
        left -= count;
        return Optional.of(range);
    }

    /**
     * Replaces the rest: an older timestamp must not be returned after a newer one.
     *
     * @param asked when the request for them was sent
     */
    void refill(long first, long count, long asked) {
        next = first;
        left = count;
        askedNanos = asked;
    }
}
