package io.orderly.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A logical clock after Lamport, <i>Time, Clocks, and the Ordering of Events in a Distributed System</i> (1978): a
 * counter that every event moves on and that every received value lifts. If event a can have caused event b, a's value
 * is smaller; the reverse does not hold.
 *
 * <p>Values are positive. No value is handed out twice, and values grow in the order of the calls. Safe for any number
 * of threads, without locks.
 *
 * <p><b>Restart.</b> Resume from the highest value that was ever published, that is, written or sent where another
 * process can see it; a clock that starts lower would stamp new events before old ones.
 */
public final class LamportClock {

    private final AtomicLong latest;

    /**
     * A clock whose first value is greater than {@code highestPublished}.
     *
     * @param highestPublished the highest value published before, 0 for a clock that never ran
     * @throws IllegalArgumentException if it is negative
     */
    public LamportClock(long highestPublished) {
        if (highestPublished < 0) {
            throw new IllegalArgumentException(
                    "A Lamport clock cannot start at %d: values are positive, 0 is before the first"
                            .formatted(highestPublished));
        }
        latest = new AtomicLong(highestPublished);
    }

    /**
     * Moves on for a local event or a message about to be sent, and returns the event's value.
     *
     * @throws ArithmeticException if the values are used up; the clock stays where it is
     */
    public long tick() {
        return latest.updateAndGet(Math::incrementExact);
    }

    /**
     * Moves past a received value and returns the value of the receipt: greater than {@code remote} and than every
     * value handed out here before.
     *
     * @param remote the value that came with the message
     * @throws IllegalArgumentException if it is not positive, which no Lamport clock hands out
     * @throws ArithmeticException if no greater value exists; the clock stays where it is
     */
    public long receive(long remote) {
        if (remote <= 0) {
            throw new IllegalArgumentException("Not a Lamport value: %d (values are positive)".formatted(remote));
        }
        return latest.updateAndGet(value -> Math.incrementExact(Math.max(value, remote)));
    }

    /** The highest value handed out so far, or the starting value. */
    public long latest() {
        return latest.get();
    }
}
