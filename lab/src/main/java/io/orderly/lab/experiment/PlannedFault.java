package io.orderly.lab.experiment;

import io.orderly.lab.fault.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is injected for a limited time.
 *
 * @param after the delay from the start of the phase
 * @param lasting the time until it is removed; null for the end of the phase
 */
public record PlannedFault(
        Fault fault, Duration after, @Nullable Duration lasting) {

    /** How long it lasts in a phase. */
    public Duration lastingIn(Duration phase) {
        return lasting == null ? phase.minus(after) : lasting;
    }

    /** The kind and the target of the fault, for the report. */
    public String title() {
        return fault.kind() + " " + fault.target();
    }
}
