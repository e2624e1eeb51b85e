package io.orderly.kit.messaging;

import io.orderly.clock.HybridClock;
import io.orderly.clock.LamportClock;
import io.orderly.clock.Reception;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's Lamport and hybrid clocks: they tick for each message sent and catch up with each received. They start from
 * the highest stamps that were ever published, so that a restart never goes back.
 */
public final class MessageClock {

    private static final Logger log = LoggerFactory.getLogger(MessageClock.class);

    private final LamportClock lamport;
    private final HybridClock hybrid;

    /**
     * @param maxDrift how far a message's hybrid time may be ahead of this machine's wall clock and still be believed
     * @param highestPublished the stamps to stay above
     */
    public MessageClock(InstantSource wallClock, Duration maxDrift, Stamp highestPublished) {
        this.lamport = new LamportClock(highestPublished.lamportTime());
        this.hybrid = new HybridClock(wallClock, maxDrift, highestPublished.hybridTime());
    }

    /** The stamp of a message that is sent now. */
    public Stamp next() {
        return new Stamp(lamport.tick(), hybrid.now());
    }

    /** Catches up with a message; one from too far in the future is handled all the same, but moves no hybrid clock. */
    public void receive(MessageMetadata message) {
        lamport.receive(message.lamportTime());
        if (hybrid.receive(message.hybridTime()) instanceof Reception.Refused refused) {
            log.warn(
                    "The clock of {} is {} ahead; the hybrid time {} of message {} is not followed",
                    message.source(),
                    refused.drift(),
                    refused.remote(),
                    message.id());
        }
    }

    /** How many hybrid times were too far ahead to be followed, since the start. */
    public long refusals() {
        return hybrid.refusals();
    }
}
