package io.orderly.lab.experiment;

import io.orderly.lab.fault.Fault;
import java.time.Duration;

/**
 * A fault that is injected for a limited time.
 *
 * @param after the delay from the start of the phase
 * @param lasting the time until it is removed
 */
public record PlannedFault(Fault fault, Duration after, Duration lasting) {

    /** The kind and the target of the fault, for the report. */
    public String title() {
        return fault.kind() + " " + fault.target();
    }
}
