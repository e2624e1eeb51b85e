package io.orderly.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A logical clock after Lamport, <i>Time, Clocks, and the Ordering of Events in a Distributed System</i> (1978): a counter
 * that increases with every event and that a received value can raise. If event a can have caused event b, a's value is
 * smaller; the converse does not hold.
 *
 * <p>Values are positive, unique, and increase in the order of the calls. Thread-safe and lock-free.
 *
 * <p><b>Restart.</b> Resume from the highest value that was ever published, that is, written or sent where another process
 * can read it; a clock that starts lower would give new events lower values than old ones.
 */
public final class LamportClock {

    private final AtomicLong latest;

    /**
     * A clock whose first value is greater than {@code highestPublished}.
     *
     * @param highestPublished the highest value published before; 0 for a new clock
     * @throws IllegalArgumentException if it is negative
     */
    public LamportClock(long highestPublished) {
        if (highestPublished < 0) {
            throw new IllegalArgumentException(
                    "A Lamport clock cannot start at %d: the starting value must not be negative"
                            .formatted(highestPublished));
        }
        latest = new AtomicLong(highestPublished);
    }

    /**
     * Advances the clock for a local event or a message about to be sent, and returns the value of that event.
     *
     * @throws ArithmeticException if there is no greater value; the clock does not change
     */
    public long tick() {
        return latest.updateAndGet(Math::incrementExact);
    }

    /**
     * Advances the clock past a received value and returns the value of the receipt: greater than {@code remote} and than
     * every value issued before.
     *
     * @param remote the value that came with the message
     * @throws IllegalArgumentException if it is not positive
     * @throws ArithmeticException if there is no greater value; the clock does not change
     */
    public long receive(long remote) {
        if (remote <= 0) {
            throw new IllegalArgumentException("Not a Lamport value: %d (values are positive)".formatted(remote));
        }
        return latest.updateAndGet(value -> Math.incrementExact(Math.max(value, remote)));
    }

    /** The highest value issued so far, or the starting value. */
    public long latest() {
        return latest.get();
    }
}
