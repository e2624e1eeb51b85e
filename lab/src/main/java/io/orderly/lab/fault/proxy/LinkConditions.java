package io.orderly.lab.fault.proxy;

import java.time.Duration;

/**
 * The network conditions of one direction of a link.
 *
 * @param delay the latency that is added
 * @param jitter the maximum deviation from the delay; the order of packets is kept
 * @param loss the fraction of packets that are lost, from 0 to below 1. TCP retransmits them, so a loss appears as a
 *     delay of {@link #RETRANSMISSION} for the packet and all packets after it, doubled each time the same packet is
 *     lost again
 * @param cut whether no data arrives. Data that was sent is kept, because TCP would retransmit it, and arrives after
 *     the cut
 * @param bytesPerSecond the bandwidth, shared by all connections; 0 for no limit
 */
public record LinkConditions(Duration delay, Duration jitter, double loss, boolean cut, long bytesPerSecond) {

    /** The minimum retransmission timeout of Linux. */
    public static final Duration RETRANSMISSION = Duration.ofMillis(200);

    /** No impairment. */
    public static final LinkConditions UNIMPAIRED = new LinkConditions(Duration.ZERO, Duration.ZERO, 0, false, 0);

    /** @throws IllegalArgumentException if a value is out of range */
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

    /** Combines both: delays are added, losses are independent, the lower bandwidth applies. */
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
