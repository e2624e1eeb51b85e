package io.orderly.lab.experiment;

import io.orderly.lab.fault.Fault;
import java.time.Duration;

/**
 * A fault with the time of its injection and its duration.
 *
 * @param after the delay from the start of the phase
 * @param lasting the time until it is healed
 */
public record PlannedFault(Fault fault, Duration after, Duration lasting) {

    /** A human-readable label. */
    public String title() {
        return fault.kind() + " " + fault.target();
    }
}
