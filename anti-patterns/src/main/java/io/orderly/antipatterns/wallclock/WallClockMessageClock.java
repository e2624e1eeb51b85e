package io.orderly.antipatterns.wallclock;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * An anti-pattern: the time of a message is what the sender's wall clock shows. What was received is no reason to be later, so
 * where clocks differ an answer is older than its question, and where one is set back the new is older than the old.
 */
final class WallClockMessageClock extends MessageClock {

    private final InstantSource wallClock;

    /** @param highestPublished the stamps to stay above, as far as the Lamport time goes */
    WallClockMessageClock(InstantSource wallClock, Duration maxDrift, LogicalTimestamp highestPublished) {
        super(wallClock, maxDrift, highestPublished);
        this.wallClock = wallClock;
    }

    @Override
    public LogicalTimestamp next() {
        return new LogicalTimestamp(super.next().lamportTime(), new HybridTimestamp(wallClock.millis(), 0));
    }
}
