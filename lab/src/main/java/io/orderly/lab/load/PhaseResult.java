package io.orderly.lab.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The results of a phase so far.
 *
 * @param lasted the duration of the phase
 * @param sent number of orders whose request was sent
 * @param accepted number of orders that were accepted
 * @param refused number of orders that were rejected with a permanent error
 * @param unanswered number of orders whose client's timeout expired; an audit determines their state
 * @param repeated number of retries
 * @param outcomes number of accepted orders by outcome
 * @param endedMeanwhile number of orders of any phase that got their outcome during this phase
 * @param lateness the delay of requests after their scheduled times; a large value means that the generator was
 *     overloaded
 * @param toAcceptance from the scheduled time of a request to its 202
 * @param toEnd end-to-end latency: from the scheduled time of a request to the event with the order's outcome
 * @param acceptanceToEnd from the 202 to the event with the order's outcome
 * @param inFlight number of accepted orders without an outcome, sampled at regular intervals
 */
public record PhaseResult(
        Phase phase,
        Duration lasted,
        long sent,
        long accepted,
        long refused,
        long unanswered,
        long repeated,
        Map<OrderOutcome, Long> outcomes,
        long endedMeanwhile,
        Latency lateness,
        Latency toAcceptance,
        Latency toEnd,
        Latency acceptanceToEnd,
        List<Integer> inFlight) {

    /** The throughput during this phase: orders of any phase that got their outcome, per second. */
    public double endedPerSecond() {
        return perSecond(endedMeanwhile);
    }

    /** Requests sent per second. */
    public double sentPerSecond() {
        return perSecond(sent);
    }

    /** Requests that were sent, with all that repeat an earlier one. The last of an unanswered order was not repeated. */
    public long requests() {
        return sent + repeated - unanswered;
    }

    /** Orders whose request was sent and not refused, whatever became of them. */
    public long placed() {
        return sent - refused;
    }

    /** The number of orders in flight at the end of the phase. */
    public int inFlightAtEnd() {
        return inFlight.isEmpty() ? 0 : inFlight.getLast();
    }

    public int mostInFlight() {
        return inFlight.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private double perSecond(long count) {
        return count / (lasted.toNanos() / 1e9);
    }
}
