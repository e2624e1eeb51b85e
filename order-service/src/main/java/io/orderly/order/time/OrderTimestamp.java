package io.orderly.order.time;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The time of an order.
 *
 * @param time unique within the instance, and among all instances if it is shared
 * @param shared whether it is from the sequence of all instances
 * @param settledNanos the monotonic time of this process from which on every order that begins, at any instance, gets a greater timestamp;
 *     without meaning if it is not shared
 */
record OrderTimestamp(HybridTimestamp time, boolean shared, long settledNanos) {

    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0b10L << 62;
    private static final int LOW_COUNTER_BITS = 4;
    private static final long RANDOM_BITS = (1L << 58) - 1;

    /**
     * An id that sorts by the timestamp: a version 7 UUID with its milliseconds, its counter in the 16 bits that follow the version
     * and the variant, and 58 random bits, which keep timestamps that are not shared apart.
     */
    OrderId toId(RandomGenerator random) {
        long counter = time.counter();
        long high = time.physicalMillis() << 16 | VERSION_7 | counter >>> LOW_COUNTER_BITS;
        long low = VARIANT | (counter & (1 << LOW_COUNTER_BITS) - 1) << 58 | random.nextLong() & RANDOM_BITS;
        return new OrderId(new UUID(high, low));
    }

    /** The timestamp of an id that {@link #toId} returned. */
    static HybridTimestamp of(OrderId id) {
        long high = id.value().getMostSignificantBits();
        long low = id.value().getLeastSignificantBits();
        int counter = (int) ((high & 0xfff) << LOW_COUNTER_BITS | low >>> 58 & (1 << LOW_COUNTER_BITS) - 1);
        return new HybridTimestamp(high >>> 16, counter);
    }

    /** In milliseconds. */
    Instant toInstant() {
        return time.toInstant();
    }
}
