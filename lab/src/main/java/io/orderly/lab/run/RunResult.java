package io.orderly.lab.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.PhaseResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. Times are in seconds since the start of its load.
 *
 * @param phases the phases that were started, without the drain
 * @param outcomes the number of orders by outcome, including the warm-up
 * @param latencies of the orders that were placed in a phase, by phase
 * @param latency of all orders but those of the warm-up
 * @param wrongEnds the number of orders that came to a wrong end, including the warm-up
 * @param ends of orders in the order in which they ended; of many, an even selection
 * @param faults the injected faults
 * @param violations found by the audit after the drain and by the periodic audits of single databases
 * @param history the history of one order among the violations; null without one
 * @param inDoubtSeconds the maximum age of a prepared transaction, sampled once a second
 * @param inDoubtLocks the maximum number of locks of prepared transactions
 * @param goodput orders per second that came to their right end within the objective, by the phase in which they did
 * @param recovery null if there was no fault, or no goodput before
 * @param providerCalls the number of requests to the payment provider per order, by phase
 * @param productLoads products that the inventory-service loaded from its database, per second, by phase; empty if the arm places orders
 * @param ownership what became of writes of instances that had lost their partitions; null with a single instance
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
        Map<PhaseName, EndToEnd> latencies,
        EndToEnd latency,
        long wrongEnds,
        List<OrderEnd> ends,
        List<FaultSpan> faults,
        List<Violation> violations,
        @JsonProperty("story") @Nullable OrderHistory history,
        double inDoubtSeconds,
        long inDoubtLocks,
        Map<PhaseName, Double> goodput,
        @Nullable Recovery recovery,
        Map<PhaseName, Double> providerCalls,
        Map<PhaseName, Double> productLoads,
        @Nullable Ownership ownership,
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
     * @param good number of orders that came to their right end within the objective in this second
     * @param medianMillis of the orders that were scheduled for this second and have ended; null if none has
     * @param longestMillis of these orders
     * @param inFlight number of orders in flight at its end; null without a sample
     * @param inDoubt number of prepared transactions at its end; null if the database did not respond
     * @param sagas number of sagas by state
     */
    public record Second(
            int at,
            long sent,
            long good,
            @Nullable Double medianMillis,
            @Nullable Double longestMillis,
            @Nullable Integer inFlight,
            @Nullable Integer inDoubt,
            @Nullable Double inDoubtSeconds,
            @Nullable Long inDoubtLocks,
            Map<String, Long> sagas) {}

    /**
     * The end of an order.
     *
     * @param at its intended start
     * @param millis from its intended start to its end
     */
    public record OrderEnd(double at, double millis, CustomerOutcome outcome) {}

    /**
     * Writes of instances to partitions that another instance owned by then.
     *
     * @param staleWrites that were committed
     * @param refusedPartitions that services counted; null if one did not answer
     */
    public record Ownership(long staleWrites, @Nullable Long refusedPartitions) {}

    /** @param effect the observation that shows its effect */
    public record FaultSpan(String title, double from, double to, String effect) {}

    public boolean isValid() {
        return validityProblems.isEmpty();
    }

    /** The goodput over all phases except the warm-up, in orders per second; 0 without any. */
    public Measured goodputOfAll() {
        double orders = 0;
        double seconds = 0;
        for (Map.Entry<PhaseName, Double> phase : goodput.entrySet()) {
            if (phase.getKey() != PhaseName.WARM_UP) {
                double lasted = phases.get(phase.getKey()).lasted().toMillis() / 1e3;
                orders += phase.getValue() * lasted;
                seconds += lasted;
            }
        }
        return Measured.exactly(seconds == 0 ? 0 : orders / seconds);
    }

    /** @return empty if this run has no value of the metric, or not enough orders for a percentile */
    public Optional<Measured> value(Metric measure, PhaseName phase) {
        return switch (measure) {
            case VIOLATIONS -> exactly(violations.size());
            case GOODPUT -> Optional.ofNullable(goodput.get(phase)).map(Measured::exactly);
            case P50 -> latency(phase, EndToEnd::p50);
            case P90 -> latency(phase, EndToEnd::p90);
            case P99 -> latency(phase, EndToEnd::p99);
            case P999 -> latency(phase, EndToEnd::p999);
            case IN_DOUBT_SECONDS -> exactly(inDoubtSeconds);
            case IN_DOUBT_LOCKS -> exactly(inDoubtLocks);
            case UNKNOWN -> exactly(outcomes.getOrDefault(CustomerOutcome.UNKNOWN, 0L));
            case WRONG_ENDS -> exactly(wrongEnds);
            case PARKED ->
                exactly(phases.values().stream()
                        .mapToLong(result -> result.outcomes().getOrDefault(OrderOutcome.PARKED, 0L))
                        .sum());
            case REQUESTS ->
                Optional.ofNullable(phases.get(phase))
                        .filter(result -> result.sent() > 0)
                        .map(result -> Measured.exactly((double) result.requests() / result.sent()));
            case RECOVERY_SECONDS -> Optional.ofNullable(recovery).map(Recovery::seconds);
            case LOST_ORDERS ->
                Optional.ofNullable(recovery).map(Recovery::lostOrders).map(Measured::exactly);
            case STALE_WRITES ->
                Optional.ofNullable(ownership).map(Ownership::staleWrites).map(Measured::exactly);
            case REFUSED_PARTITIONS ->
                Optional.ofNullable(ownership).map(Ownership::refusedPartitions).map(Measured::exactly);
            case PROVIDER_CALLS -> Optional.ofNullable(providerCalls.get(phase)).map(Measured::exactly);
            case PRODUCT_LOADS -> Optional.ofNullable(productLoads.get(phase)).map(Measured::exactly);
        };
    }

    private static Optional<Measured> exactly(double value) {
        return Optional.of(Measured.exactly(value));
    }

    private Optional<Measured> latency(PhaseName phase, Function<EndToEnd, @Nullable Measured> percentile) {
        return Optional.ofNullable(latencies.get(phase)).map(percentile);
    }
}
