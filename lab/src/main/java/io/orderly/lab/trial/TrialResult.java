package io.orderly.lab.trial;

import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.run.EndToEnd;
import io.orderly.lab.run.RunResult.FaultSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of a run of a foreign system through a scenario.
 *
 * @param took from the start of its processes until the invariants were checked
 * @param phases the phases that ended, of those with orders
 * @param faults the injected faults, in seconds since the start of the load
 * @param invariants empty if the run was interrupted
 * @param validityProblems the reasons why the run did not go as planned; empty if it did
 */
public record TrialResult(
        String scenario,
        long seed,
        Instant at,
        Duration took,
        Map<PhaseName, PhaseFigures> phases,
        List<FaultSpan> faults,
        List<InvariantResult> invariants,
        List<String> validityProblems) {

    /**
     * The orders that were placed in a phase.
     *
     * @param refused with a response that no repetition changes
     * @param unanswered without an acknowledgement or a refusal; their effect is unknown
     * @param right those that have ended as they should, at any time
     * @param wrong those that have ended otherwise
     * @param toEnd from the scheduled time of a request to the response that showed the end of the order
     */
    public record PhaseFigures(
            long sent, long acknowledged, long refused, long unanswered, long right, long wrong, EndToEnd toEnd) {}

    public boolean isViolated() {
        return invariants.stream().anyMatch(InvariantResult::isViolated);
    }

    /** Whether it shows that all invariants hold, or that one does not. */
    public boolean isDecided() {
        return isViolated()
                || validityProblems.isEmpty()
                        && invariants.stream().noneMatch(result -> result.verdict() instanceof NotDecided);
    }
}
