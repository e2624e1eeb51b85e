package io.orderly.order.time;

import io.orderly.clock.HybridTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the timestamps of this instance's orders, from ranges that were allocated to it. Not thread-safe; the times are passed in, in
 * nanoseconds of one monotonic clock.
 */
final class OrderClock {

    /** How much faster than another one a monotonic clock is assumed to run: one part in a thousand. */
    private static final int DRIFT = 1_000;

    private final long ageNanos;
    private final long settleNanos;
    /** Ranges with timestamps that may not be settled, the newest last. */
    private final Deque<Range> recent = new ArrayDeque<>();

    private @Nullable Range current;
    private long next;
    private long highest;

    /** @param rangeAge for how long after it was asked for a range is used; zero if each order asks */
    OrderClock(Duration rangeAge) {
        ageNanos = rangeAge.toNanos();
        settleNanos = ageNanos + ageNanos / DRIFT;
    }

    /**
     * The next timestamp of the range.
     *
     * @param beganNanos when the order began
     * @return empty if the range was asked for too long before, or is used up
     */
    Optional<OrderTimestamp> take(long beganNanos) {
        if (current == null || !hasTimestamp(beganNanos)) {
            return Optional.empty();
        }
        long time = next++;
        // timestamps that this instance made by itself meanwhile may be ahead
        boolean shared = time > highest;
        highest = Math.max(time, highest + 1);
        return Optional.of(
                new OrderTimestamp(HybridTimestamp.fromLong(highest), shared, current.receivedNanos + settleNanos));
    }

    boolean hasTimestamp(long beganNanos) {
        return current != null && mayUse(current.askedNanos, beganNanos) && next < current.end();
    }

    /** Whether an order that began at that time may use a range that was asked for at that time. */
    boolean mayUse(long askedNanos, long beganNanos) {
        return beganNanos - askedNanos <= ageNanos;
    }

    /** How long after the arrival of a range its timestamps are settled. */
    long settleNanos() {
        return settleNanos;
    }

    /** A timestamp that this instance makes by itself, greater than all before. */
    OrderTimestamp makeOwn(long nowNanos, Instant wallClock) {
        long physical =
                new HybridTimestamp(Math.max(0, instant(nowNanos, wallClock).toEpochMilli()), 0).toLong();
        highest = Math.max(physical, highest + 1);
        return new OrderTimestamp(HybridTimestamp.fromLong(highest), false, nowNanos);
    }

    /** A range has arrived. An older one than the present does not replace it. */
    void received(HybridTimestamp first, int count, long askedNanos, long receivedNanos) {
        if (current != null && first.toLong() < current.end()) {
            return;
        }
        current = new Range(first.toLong(), count, askedNanos, receivedNanos);
        next = current.first;
        recent.removeIf(range -> receivedNanos - range.receivedNanos > settleNanos);
        recent.addLast(current);
    }

    /** The {@link OrderTimestamp#settledNanos} of a timestamp of this instance; empty if it is settled, or is not from a range. */
    Optional<Long> settledNanos(HybridTimestamp time) {
        return recent.stream()
                .filter(range -> range.contains(time.toLong()))
                .findFirst()
                .map(range -> range.receivedNanos + settleNanos);
    }

    /** The time of the ranges, continued from the newest by the monotonic clock; the wall clock if there was none. */
    Instant instant(long nowNanos, Instant wallClock) {
        return current == null
                ? wallClock
                : HybridTimestamp.fromLong(current.first).toInstant().plusNanos(nowNanos - current.receivedNanos);
    }

    private record Range(long first, int count, long askedNanos, long receivedNanos) {

        long end() {
            return first + count;
        }

        boolean contains(long time) {
            return time >= first && time < end();
        }
    }
}
