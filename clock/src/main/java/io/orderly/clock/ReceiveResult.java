package io.orderly.clock;

import java.time.Duration;

/** The result of {@link HybridClock#receive}. */
public sealed interface ReceiveResult {

    /**
     * The clock advanced past the remote timestamp.
     *
     * @param timestamp the timestamp of the receipt: greater than the remote timestamp and than all that were issued before
     */
    record Merged(HybridTimestamp timestamp) implements ReceiveResult {}

    /**
     * The remote timestamp is too far ahead of the local wall clock; the clock did not change. Later timestamps of this
     * clock are not necessarily greater than the refused one.
     *
     * @param remote the refused timestamp
     * @param drift how far it is ahead of the local wall clock; more than the maximum drift
     */
    record Refused(HybridTimestamp remote, Duration drift) implements ReceiveResult {}
}
