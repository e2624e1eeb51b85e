package io.orderly.antipatterns.wallclock;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Anti-pattern: a message's timestamp is the sender's wall clock only. Received timestamps are ignored, so with skewed
 * clocks an answer can have an earlier timestamp than its question, and after a clock is set back new messages have
 * earlier timestamps than old ones.
 */
final class WallClockMessageClock extends MessageClock {

    private final InstantSource wallClock;

    /** @param highestPublished the lower bound of new timestamps, applied to the Lamport time only */
    WallClockMessageClock(InstantSource wallClock, Duration maxDrift, LogicalTimestamp highestPublished) {
        super(wallClock, maxDrift, highestPublished);
        this.wallClock = wallClock;
    }

    @Override
    public LogicalTimestamp next() {
        return new LogicalTimestamp(super.next().lamportTime(), new HybridTimestamp(wallClock.millis(), 0));
    }
}
