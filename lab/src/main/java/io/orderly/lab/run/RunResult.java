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
 * The result of a run. Times are in seconds since the start of its load.
 *
 * @param phases the phases that were started, without the drain
 * @param outcomes the number of orders by outcome, including the warm-up
 * @param spectrum the percentile spectrum of the end-to-end latency, without the warm-up
 * @param faults the injected faults
 * @param violations found by the audit after the drain and by the periodic audits of single databases
 * @param history the history of one order among the violations; null without one
 * @param inDoubtSeconds the maximum age of a prepared transaction, sampled once a second
 * @param inDoubtLocks the maximum number of locks of prepared transactions
 * @param recoverySeconds from the end of the last fault to recovery; null if the system did not recover, or there was
 *     no fault
 * @param providerCalls the number of requests to the payment provider per order, by phase
 * @param validityProblems the reasons why the run is not valid; empty if it is
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

    /** The outcome of an order as known to the customer. */
    public enum CustomerOutcome {
        CONFIRMED,
        /** The order was rejected or cancelled, and its effects were compensated. */
        COMPENSATED,
        /** The request was rejected, or the order waits for an operator. */
        FAILED,
        /** The customer got no result. */
        UNKNOWN
    }

    /**
     * The samples of one second.
     *
     * @param sent number of requests that were scheduled for this second and sent
     * @param ended number of orders that were completed in this second
     * @param p50Millis of the orders that were scheduled for this second; null if none of them was completed
     * @param inFlight number of orders in flight at its end; null without a sample
     * @param inDoubt number of prepared transactions at its end; null if the database did not respond
     * @param sagas number of sagas by state
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

    /** A point of a percentile spectrum; the percentile is from 0 to 100. */
    public record Percentile(double percentile, double millis) {}

    /** @param effect the observation that shows its effect */
    public record FaultSpan(String title, double from, double to, String effect) {}

    public boolean isValid() {
        return validityProblems.isEmpty();
    }

    /** Completed orders per second over all phases except the warm-up; 0 without any. */
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

    /** The latency at a percentile, from 0 to 100, without the warm-up. Empty if no order was completed. */
    public OptionalDouble millis(double percentile) {
        return spectrum.stream()
                .filter(point -> point.percentile() >= percentile)
                .mapToDouble(Percentile::millis)
                .findFirst();
    }

    /** @return empty if this run has no value of the metric */
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
