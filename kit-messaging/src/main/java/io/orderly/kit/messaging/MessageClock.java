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
 * The service's Lamport and hybrid clocks. They advance with each message sent and received, and start from the highest
 * timestamps that were ever published, so that they never go back after a restart.
 */
public class MessageClock {

    private static final Logger log = LoggerFactory.getLogger(MessageClock.class);

    /**
     * How far a message's Lamport time may be ahead of this clock: the events of a hundred years at 80,000 per second.
     * Without a limit, one wrong message could advance the clock to its maximum, so that no more messages could be sent, and
     * the messages already sent would do the same to other services.
     */
    private static final long MAX_LAMPORT_ADVANCE = 1L << 48;

    private final LamportClock lamport;
    private final HybridClock hybrid;
    private final LongAdder lamportRefusals = new LongAdder();

    /**
     * @param maxDrift how far a message's hybrid time may be ahead of the local wall clock; one further ahead is ignored
     * @param highestPublished the timestamps that all new timestamps must exceed
     */
    public MessageClock(InstantSource wallClock, Duration maxDrift, LogicalTimestamp highestPublished) {
        this.lamport = new LamportClock(highestPublished.lamportTime());
        this.hybrid = new HybridClock(wallClock, maxDrift, highestPublished.hybridTime());
    }

    /** The timestamp for a message that is sent now. */
    public LogicalTimestamp next() {
        return new LogicalTimestamp(lamport.tick(), hybrid.now());
    }

    /** Advances the clocks past the times of a received message. A time too far ahead is ignored and logged. */
    public void receive(MessageMetadata message) {
        if (message.lamportTime() - lamport.latest() > MAX_LAMPORT_ADVANCE) {
            lamportRefusals.increment();
            log.warn(
                    "The Lamport time {} of message {} from {} is too far ahead and is ignored",
                    message.lamportTime(),
                    message.id(),
                    message.source());
        } else {
            lamport.receive(message.lamportTime());
        }
        if (hybrid.receive(message.hybridTime()) instanceof ReceiveResult.Refused refused) {
            log.warn(
                    "The clock of {} is {} ahead; the hybrid time {} of message {} is ignored",
                    message.source(),
                    refused.drift(),
                    refused.remote(),
                    message.id());
        }
    }

    /** How many received times were too far ahead and were ignored, since the start. */
    public long refusals() {
        return lamportRefusals.sum() + hybrid.refusals();
    }
}
