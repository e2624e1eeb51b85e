package io.orderly.lab.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.load.PhaseResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. Times are seconds since the beginning of its load.
 *
 * @param phases those that were begun, without the drain
 * @param outcomes of all orders, the warm-up's included
 * @param spectrum of the time from when a request should have been sent to its order's end, without the warm-up
 * @param faults that were injected
 * @param violations found by the audit after the drain, and by those of single databases before
 * @param history of one order that is among the violations; null if there is none
 * @param inDoubtSeconds how old a prepared transaction became at most, as seen once a second
 * @param inDoubtLocks how many locks they held at most
 * @param recoverySeconds from the end of the last fault until orders fared as before; null if they never did, or there was
 *     no fault
 * @param providerCalls how many requests reached the payment provider for each order, by phase
 * @param validityProblems why it is no measurement; none if it is one
 */
public record RunResult(
        String arm,
        String scenario,
        long seed,
        Instant at,
        Map<PhaseName, PhaseResult> phases,
        Map<CustomerOutcome, Long> outcomes,
        List<Second> seconds,
        List<Percentile> spectrum,
        List<FaultSpan> faults,
        List<Violation> violations,
        @JsonProperty("story") @Nullable OrderHistory history,
        double inDoubtSeconds,
        long inDoubtLocks,
        @Nullable Double recoverySeconds,
        Map<PhaseName, Double> providerCalls,
        @JsonProperty("doubts") List<String> validityProblems) {

    /** What became of an order, from where its customer stands. */
    public enum CustomerOutcome {
        CONFIRMED,
        /** Rejected or cancelled, and whatever had been done for it was undone. */
        COMPENSATED,
        /** The customer was told no, or the order waits for an operator. */
        FAILED,
        /** Nobody was told. */
        UNKNOWN
    }

    /**
     * A second of a run.
     *
     * @param sent requests that should have been sent in it, and were
     * @param ended orders that came to their end in it
     * @param p50Millis of the orders that should have been placed in it; null if none of them has ended
     * @param inFlight placed and not over, at its end; null if nobody looked then
     * @param inDoubt prepared transactions at its end; null if the database could not be asked
     * @param sagas how many stand where
     */
    public record Second(
            int at,
            long sent,
            long ended,
            @Nullable Double p50Millis,
            @Nullable Double p99Millis,
            @Nullable Double p999Millis,
            @Nullable Integer inFlight,
            @Nullable Integer inDoubt,
            @Nullable Double inDoubtSeconds,
            @Nullable Long inDoubtLocks,
            Map<String, Long> sagas) {}

    /** A point of a latency spectrum: this share of all, from 0 to 100, took no longer. */
    public record Percentile(double percentile, double millis) {}

    /** @param effect what shows that it took effect */
    public record FaultSpan(String title, double from, double to, String effect) {}

    public boolean isValid() {
        return validityProblems.isEmpty();
    }

    /** Orders per second that came to their end, over all phases but the warm-up; 0 if there were none. */
    public double goodput() {
        double ended = 0;
        double seconds = 0;
        for (Map.Entry<PhaseName, PhaseResult> phase : phases.entrySet()) {
            if (phase.getKey() != PhaseName.WARM_UP) {
                ended += phase.getValue().endedMeanwhile();
                seconds += phase.getValue().lasted().toMillis() / 1e3;
            }
        }
        return seconds == 0 ? 0 : ended / seconds;
    }

    /** That share of all orders, from 0 to 100, took no longer, the warm-up's left out. Empty if none has ended. */
    public OptionalDouble millis(double percentile) {
        return spectrum.stream()
                .filter(point -> point.percentile() >= percentile)
                .mapToDouble(Percentile::millis)
                .findFirst();
    }

    /** @return empty if there is no such figure of this run */
    public OptionalDouble value(Metric measure, PhaseName phase) {
        PhaseResult of = phases.get(phase);
        if (measure.isOfPhase() && of == null) {
            return OptionalDouble.empty();
        }
        return switch (measure) {
            case VIOLATIONS -> OptionalDouble.of(violations.size());
            case GOODPUT -> OptionalDouble.of(of.endedPerSecond());
            case P50 -> latency(of, of.toEnd().p50Millis());
            case P99 -> latency(of, of.toEnd().p99Millis());
            case P999 -> latency(of, of.toEnd().p999Millis());
            case IN_DOUBT_SECONDS -> OptionalDouble.of(inDoubtSeconds);
            case IN_DOUBT_LOCKS -> OptionalDouble.of(inDoubtLocks);
            case UNKNOWN -> OptionalDouble.of(outcomes.getOrDefault(CustomerOutcome.UNKNOWN, 0L));
            case RECOVERY_SECONDS ->
                recoverySeconds == null ? OptionalDouble.empty() : OptionalDouble.of(recoverySeconds);
            case PROVIDER_CALLS -> {
                Double calls = providerCalls.get(phase);
                yield calls == null ? OptionalDouble.empty() : OptionalDouble.of(calls);
            }
        };
    }

    private static OptionalDouble latency(PhaseResult phase, double millis) {
        return phase.toEnd().count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(millis);
    }
}
