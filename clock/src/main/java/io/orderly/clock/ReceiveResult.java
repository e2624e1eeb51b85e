package io.orderly.clock;

import java.time.Duration;

/** What became of a timestamp that a {@link HybridClock} received. */
public sealed interface ReceiveResult {

    /**
     * The clock moved past the remote timestamp.
     *
     * @param timestamp the timestamp of the receipt: greater than the remote one and than all given out here before
     */
    record Merged(HybridTimestamp timestamp) implements ReceiveResult {}

    /**
     * The remote timestamp is too far ahead of the local wall clock to be believed; the clock did not move. Nothing
     * that is stamped here may claim to come after the refused message.
     *
     * @param remote the refused timestamp
     * @param drift how far it is ahead of the local wall clock; more than the accepted drift
     */
    record Refused(HybridTimestamp remote, Duration drift) implements ReceiveResult {}
}
