package io.orderly.lab.conformance;

import java.time.Duration;

/**
 * How long a certification waits.
 *
 * @param patience for a reply that must come
 * @param quiet for replies that must not come
 */
public record Timing(Duration patience, Duration quiet) {

    /** @throws IllegalArgumentException unless both are positive */
    public Timing {
        if (!patience.isPositive() || !quiet.isPositive()) {
            throw new IllegalArgumentException("patience and quiet must be positive");
        }
    }
}
