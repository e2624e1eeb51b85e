package io.orderly.lab.experiment;

import io.orderly.lab.fault.Fault;
import java.time.Duration;

/**
 * Something that is broken for a while.
 *
 * @param after the beginning of the phase
 * @param lasting until it is healed
 */
public record PlannedFault(Fault fault, Duration after, Duration lasting) {

    /** In words, for a person. */
    public String title() {
        return fault.kind() + " " + fault.target();
    }
}
