package io.orderly.kit.messaging;

import io.orderly.clock.HybridClock;
import io.orderly.clock.LamportClock;
import io.orderly.clock.ReceiveResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's Lamport and hybrid clocks: they tick for each message sent and catch up with each received. They start from
 * the highest stamps that were ever published, so that a restart never goes back.
 */
public class MessageClock {

    private static final Logger log = LoggerFactory.getLogger(MessageClock.class);

    /**
     * How far a message's Lamport time may be ahead of ours: more events than a system has in a hundred years at 80,000 a
     * second. A clock that followed any number would soon have none left for what it sends itself, for ever, and would pass
     * that on to whoever hears of it.
     */
    private static final long LONGEST_LEAP = 1L << 48;

    private final LamportClock lamport;
    private final HybridClock hybrid;
    private final LongAdder lamportRefusals = new LongAdder();

    /**
     * @param maxDrift how far a message's hybrid time may be ahead of this machine's wall clock and still be believed
     * @param highestPublished the stamps to stay above
     */
    public MessageClock(InstantSource wallClock, Duration maxDrift, LogicalTimestamp highestPublished) {
        this.lamport = new LamportClock(highestPublished.lamportTime());
        this.hybrid = new HybridClock(wallClock, maxDrift, highestPublished.hybridTime());
    }

    /** The stamp of a message that is sent now. */
    public LogicalTimestamp next() {
        return new LogicalTimestamp(lamport.tick(), hybrid.now());
    }

    /** Catches up with a message; one from too far in the future is handled all the same, but moves no clock. */
    public void receive(MessageMetadata message) {
        if (message.lamportTime() - lamport.latest() > LONGEST_LEAP) {
            lamportRefusals.increment();
            log.warn(
                    "The Lamport time {} of message {} from {} is out of reach and not followed",
                    message.lamportTime(),
                    message.id(),
                    message.source());
        } else {
            lamport.receive(message.lamportTime());
        }
        if (hybrid.receive(message.hybridTime()) instanceof ReceiveResult.Refused refused) {
            log.warn(
                    "The clock of {} is {} ahead; the hybrid time {} of message {} is not followed",
                    message.source(),
                    refused.drift(),
                    refused.remote(),
                    message.id());
        }
    }

    /** How many times were too far ahead to be followed, since the start. */
    public long refusals() {
        return lamportRefusals.sum() + hybrid.refusals();
    }
}
