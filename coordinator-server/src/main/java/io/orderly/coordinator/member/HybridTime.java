package io.orderly.coordinator.member;

import io.orderly.clock.HybridClock;
import io.orderly.clock.HybridTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Hybrid time in the headers of requests and responses. A client that sends the time of its last response with its next request gets a
 * later one, from whichever member answers.
 */
public final class HybridTime {

    /** The name of the header; in gRPC it is in lower case. */
    public static final String HEADER = "Orderly-Hybrid-Time";

    private HybridTime() {}

    /**
     * Advances the clock past the time of a request. What cannot be read, or is too far ahead of this member's wall clock, has no effect.
     *
     * @param header null if the request has none
     */
    public static void receive(HybridClock clock, @Nullable String header) {
        if (header == null) {
            return;
        }
        try {
            clock.receive(HybridTimestamp.parse(header));
        } catch (IllegalArgumentException _) {
            // the response tells the time of this member nevertheless
        }
    }
}
