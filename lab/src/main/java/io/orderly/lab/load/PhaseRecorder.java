package io.orderly.lab.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts and measures the orders of one phase, also after the phase is over. Safe for use by many threads. */
final class PhaseRecorder {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(30);
    private static final int DIGITS = 3;

    private final Phase phase;
    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder endedMeanwhile = new LongAdder();
    private final Map<OrderOutcome, LongAdder> outcomes = new EnumMap<>(OrderOutcome.class);
    private final Histogram lateness = histogram();
    private final Histogram toAcceptance = histogram();
    private final Histogram toEnd = histogram();
    private final Histogram acceptanceToEnd = histogram();
    private final List<Integer> inFlight = new CopyOnWriteArrayList<>();

    PhaseRecorder(Phase phase) {
        this.phase = phase;
        for (OrderOutcome outcome : OrderOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** A request was sent, so long after it should have been. */
    void sent(long latenessNanos) {
        sent.increment();
        record(lateness, latenessNanos);
    }

    /** The whole of how long its orders took to their end, in microseconds. */
    Histogram toEnd() {
        return toEnd.copy();
    }

    void accepted(long sinceIntendedNanos) {
        accepted.increment();
        record(toAcceptance, sinceIntendedNanos);
    }

    void refused() {
        refused.increment();
    }

    /** The client has given up. */
    void unanswered() {
        unanswered.increment();
    }

    /** The client has asked again. */
    void repeated() {
        repeated.increment();
    }

    /** An order of this phase has come to something. */
    void ended(OrderOutcome outcome, long sinceIntendedNanos, long sinceAcceptedNanos) {
        outcomes.get(outcome).increment();
        record(toEnd, sinceIntendedNanos);
        record(acceptanceToEnd, sinceAcceptedNanos);
    }

    /** Some order, of this phase or an earlier one, has come to something while this phase lasted. */
    void endedMeanwhile() {
        endedMeanwhile.increment();
    }

    /** So many orders are accepted and have come to nothing yet. */
    void sampleInFlight(int orders) {
        inFlight.add(orders);
    }

    PhaseResult result(Duration lasted) {
        Map<OrderOutcome, Long> counts = new EnumMap<>(OrderOutcome.class);
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return new PhaseResult(
                phase,
                lasted,
                sent.sum(),
                accepted.sum(),
                refused.sum(),
                unanswered.sum(),
                repeated.sum(),
                counts,
                endedMeanwhile.sum(),
                Latency.of(lateness),
                Latency.of(toAcceptance),
                Latency.of(toEnd),
                Latency.of(acceptanceToEnd),
                List.copyOf(inFlight));
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    }

    /** A terminal event may overtake the answer to the request that caused it. */
    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }
}
