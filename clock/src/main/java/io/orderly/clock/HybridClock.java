package io.orderly.clock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A hybrid logical clock after Kulkarni et al., <i>Logical Physical Clocks</i> (2014): a Lamport clock whose values stay
 * close to physical time. If event a can have caused event b, a's timestamp is smaller.
 *
 * <p>Timestamps of one clock strictly increase, also while the wall clock stands still or is set back. The rules of the
 * paper are integer arithmetic on the packed form: the next value is the wall clock's millisecond with counter 0 if that is
 * greater than every value seen, otherwise the highest value seen plus one; a full counter carries into the next
 * millisecond. Thread-safe and lock-free.
 *
 * <p>A single wrong wall clock would push the timestamps of all processes into the future. A remote timestamp that is
 * further ahead of the local wall clock than the maximum drift is therefore refused and does not change the clock;
 * {@link #refusals()} counts them.
 *
 * <p><b>Restart.</b> Resume from the highest timestamp that was ever published; every value of this clock is greater. If the
 * wall clock was set back during the outage, new events would otherwise get lower timestamps than old ones.
 */
public final class HybridClock {

    private final InstantSource wallClock;
    private final long maxDriftMillis;
    private final AtomicLong latest;
    private final LongAdder refusals = new LongAdder();

    /**
     * A clock whose first value is greater than {@code highestPublished}.
     *
     * @param wallClock the source of physical time; it may jump forwards or backwards
     * @param maxDrift how far a remote timestamp may be ahead of {@code wallClock}, in whole milliseconds; not negative
     * @param highestPublished the highest timestamp published before; {@link HybridTimestamp#MIN} for a new clock
     * @throws IllegalArgumentException if {@code maxDrift} is negative
     */
    public HybridClock(InstantSource wallClock, Duration maxDrift, HybridTimestamp highestPublished) {
        if (maxDrift.isNegative()) {
            throw new IllegalArgumentException("The maximum drift is negative: " + maxDrift);
        }
        this.wallClock = wallClock;
        this.maxDriftMillis = maxDrift.toMillis();
        this.latest = new AtomicLong(highestPublished.toLong());
    }

    /**
     * Returns the timestamp of a local event or of a message about to be sent.
     *
     * @throws IllegalStateException if the wall clock or the values are beyond {@link HybridTimestamp#MAX}; the clock
     *     does not change
     */
    public HybridTimestamp now() {
        return HybridTimestamp.fromLong(advance(physicalMillis(), 0));
    }

    /**
     * Advances the clock past the timestamp of a received message, unless that is too far ahead of the local wall clock.
     *
     * @param remote the sender's timestamp
     * @throws IllegalStateException if the wall clock or the values are beyond {@link HybridTimestamp#MAX}; the clock
     *     does not change
     */
    public ReceiveResult receive(HybridTimestamp remote) {
        var physicalMillis = physicalMillis();
        var driftMillis = remote.physicalMillis() - physicalMillis;
        if (driftMillis > maxDriftMillis) {
            refusals.increment();
            return new ReceiveResult.Refused(remote, Duration.ofMillis(driftMillis));
        }
        return new ReceiveResult.Merged(HybridTimestamp.fromLong(advance(physicalMillis, remote.toLong())));
    }

    /** The highest timestamp issued so far, or the starting value. */
    public HybridTimestamp latest() {
        return HybridTimestamp.fromLong(latest.get());
    }

    /** The number of remote timestamps refused since the clock was created. */
    public long refusals() {
        return refusals.sum();
    }

    private long advance(long physicalMillis, long seen) {
        var physical = new HybridTimestamp(physicalMillis, 0).toLong();
        return latest.updateAndGet(value -> Math.max(physical, successor(Math.max(value, seen))));
    }

    private static long successor(long packed) {
        if (packed == Long.MAX_VALUE) {
            throw new IllegalStateException("There is no hybrid timestamp after " + HybridTimestamp.MAX);
        }
        return packed + 1;
    }

    private long physicalMillis() {
        var millis = wallClock.millis();
        if (millis > HybridTimestamp.MAX_PHYSICAL_MILLIS) {
            throw new IllegalStateException("The wall clock shows %d ms, beyond the last hybrid timestamp %s"
                    .formatted(millis, HybridTimestamp.MAX));
        }
        // A wall clock before 1970 is wrong and too low, so only the counter advances.
        return Math.max(0, millis);
    }
}
