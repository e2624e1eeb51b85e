package io.orderly.lab.fault.proxy;

import java.time.Duration;

/**
 * How one direction of a link fares.
 *
 * @param delay how much later everything arrives
 * @param jitter at most so much earlier or later than that; nothing overtakes
 * @param loss the share of packets that get lost, from 0 to below 1. TCP sends them again, so a loss shows as a wait of
 *     {@link #RETRANSMISSION}, doubled each time the same one is lost again, for it and for all behind it
 * @param cut whether nothing arrives at all. What was sent waits, as TCP would go on sending it, and arrives afterwards
 * @param bytesPerSecond what fits through, for all connections together; 0 for no limit
 */
public record LinkConditions(Duration delay, Duration jitter, double loss, boolean cut, long bytesPerSecond) {

    /** Linux waits no shorter before it sends a packet again. */
    public static final Duration RETRANSMISSION = Duration.ofMillis(200);

    /** Nothing is in the way. */
    public static final LinkConditions UNIMPAIRED = new LinkConditions(Duration.ZERO, Duration.ZERO, 0, false, 0);

    /** @throws IllegalArgumentException if one is out of its range */
    public LinkConditions {
        if (delay.isNegative() || jitter.isNegative()) {
            throw new IllegalArgumentException("a delay must not be negative");
        }
        if (!(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException("loss must be 0 to below 1");
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytesPerSecond must not be negative");
        }
    }

    public static LinkConditions delayed(Duration delay, Duration jitter) {
        return new LinkConditions(delay, jitter, 0, false, 0);
    }

    public static LinkConditions lossy(double loss) {
        return new LinkConditions(Duration.ZERO, Duration.ZERO, loss, false, 0);
    }

    public static LinkConditions severed() {
        return new LinkConditions(Duration.ZERO, Duration.ZERO, 0, true, 0);
    }

    public static LinkConditions limited(long bytesPerSecond) {
        return new LinkConditions(Duration.ZERO, Duration.ZERO, 0, false, bytesPerSecond);
    }

    /** Both at once: delays add up, either loss may strike, the narrower limit counts. */
    public LinkConditions and(LinkConditions other) {
        return new LinkConditions(
                delay.plus(other.delay),
                jitter.plus(other.jitter),
                1 - (1 - loss) * (1 - other.loss),
                cut || other.cut,
                bytesPerSecond == 0 || other.bytesPerSecond == 0
                        ? Math.max(bytesPerSecond, other.bytesPerSecond)
                        : Math.min(bytesPerSecond, other.bytesPerSecond));
    }
}
