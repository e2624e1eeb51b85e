package io.orderly.lab.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is known of a phase's orders so far.
 *
 * @param lasted from its beginning to its end
 * @param sent orders whose request was sent
 * @param accepted of them with a 202
 * @param refused with an answer that says no for good
 * @param unanswered given up by their client; what became of them is for an audit to say
 * @param repeated requests that were sent again because the one before had no answer, or none that lasts
 * @param outcomes what the accepted ones have come to
 * @param endedMeanwhile orders of any phase that have come to something while this one lasted
 * @param lateness of requests, against when they should have been sent: if it is large, the generator was overloaded
 * @param toAcceptance from when a request should have been sent to its 202
 * @param toEnd from when a request should have been sent to the event that tells what the order came to
 * @param acceptanceToEnd the second part of that
 * @param inFlight orders accepted and not ended, sampled evenly
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

    /** Orders that came to something, of any phase, per second of this one. */
    public double endedPerSecond() {
        return perSecond(endedMeanwhile);
    }

    /** Requests sent per second. */
    public double sentPerSecond() {
        return perSecond(sent);
    }

    /** How many were in flight when the phase ended. */
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
