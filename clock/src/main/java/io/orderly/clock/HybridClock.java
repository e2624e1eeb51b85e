package io.orderly.clock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A hybrid logical clock after Kulkarni et al., <i>Logical Physical Clocks</i> (2014): a Lamport clock whose values
 * stay close to physical time. If event a can have caused event b, a's timestamp is smaller.
 *
 * <p>Timestamps of one clock strictly increase, also while the wall clock stands still or is set back. The rules of the
 * paper become plain arithmetic on the packed form: the next value is the wall clock's millisecond with counter 0 if
 * that is ahead of everything seen, and otherwise the highest value seen plus one; a full counter carries into the next
 * millisecond by itself. Safe for any number of threads, without locks.
 *
 * <p>One broken wall clock would pull everyone's timestamps into the future. So a remote timestamp that is further
 * ahead of the local wall clock than the accepted drift is refused and changes nothing; {@link #refusals()} counts them.
 *
 * <p><b>Restart.</b> Resume from the highest timestamp that was ever published; every value of this clock is greater. A
 * wall clock that was set back during the outage would otherwise stamp new events before old ones.
 */
public final class HybridClock {

    private final InstantSource wallClock;
    private final long maxDriftMillis;
    private final AtomicLong latest;
    private final LongAdder refusals = new LongAdder();

    /**
     * A clock whose first value is greater than {@code highestPublished}.
     *
     * @param wallClock physical time; it may jump either way
     * @param maxDrift how far a remote timestamp may be ahead of {@code wallClock}, to the millisecond; not negative
     * @param highestPublished the highest timestamp published before, {@link HybridTimestamp#MIN} for a clock that never
     *     ran
     * @throws IllegalArgumentException if {@code maxDrift} is negative
     */
    public HybridClock(InstantSource wallClock, Duration maxDrift, HybridTimestamp highestPublished) {
        if (maxDrift.isNegative()) {
            throw new IllegalArgumentException("The accepted drift is negative: " + maxDrift);
        }
        this.wallClock = wallClock;
        this.maxDriftMillis = maxDrift.toMillis();
        this.latest = new AtomicLong(highestPublished.toLong());
    }

    /**
     * The timestamp of a local event or of a message about to be sent.
     *
     * @throws IllegalStateException if the wall clock or the values are beyond {@link HybridTimestamp#MAX}; the clock
     *     stays where it is
     */
    public HybridTimestamp now() {
        return HybridTimestamp.fromLong(moveOn(physicalMillis(), 0));
    }

    /**
     * Moves past a timestamp that came with a message, unless it is too far ahead of the local wall clock.
     *
     * @param remote the sender's timestamp
     * @throws IllegalStateException if the wall clock or the values are beyond {@link HybridTimestamp#MAX}; the clock
     *     stays where it is
     */
    public ReceiveResult receive(HybridTimestamp remote) {
        var physicalMillis = physicalMillis();
        var driftMillis = remote.physicalMillis() - physicalMillis;
        if (driftMillis > maxDriftMillis) {
            refusals.increment();
            return new ReceiveResult.Refused(remote, Duration.ofMillis(driftMillis));
        }
        return new ReceiveResult.Merged(HybridTimestamp.fromLong(moveOn(physicalMillis, remote.toLong())));
    }

    /** The highest timestamp handed out so far, or the starting value. */
    public HybridTimestamp latest() {
        return HybridTimestamp.fromLong(latest.get());
    }

    /** How many remote timestamps were refused since the clock was made. */
    public long refusals() {
        return refusals.sum();
    }

    private long moveOn(long physicalMillis, long seen) {
        var physical = new HybridTimestamp(physicalMillis, 0).toLong();
        return latest.updateAndGet(value -> Math.max(physical, successor(Math.max(value, seen))));
    }

    private static long successor(long packed) {
        if (packed == Long.MAX_VALUE) {
            throw new IllegalStateException("No hybrid timestamp comes after " + HybridTimestamp.MAX);
        }
        return packed + 1;
    }

    private long physicalMillis() {
        var millis = wallClock.millis();
        if (millis > HybridTimestamp.MAX_PHYSICAL_MILLIS) {
            throw new IllegalStateException("The wall clock shows %d ms, beyond the last hybrid timestamp %s"
                    .formatted(millis, HybridTimestamp.MAX));
        }
        // Before 1970 the wall clock is certainly wrong, and behind; the logical part carries on alone.
        return Math.max(0, millis);
    }
}
