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

/** Records counts and latencies of the orders of a phase, also after the end of the phase. Thread-safe. */
final class PhaseRecorder {

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(30);
    private static final int SIGNIFICANT_DIGITS = 3;

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

    /**
     * A request was sent.
     *
     * @param latenessNanos the delay after its scheduled time
     */
    void sent(long latenessNanos) {
        sent.increment();
        record(lateness, latenessNanos);
    }

    /** The end-to-end latencies of its orders, in microseconds. */
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

    /** The client's timeout has expired. */
    void unanswered() {
        unanswered.increment();
    }

    /** The client has retried its request. */
    void repeated() {
        repeated.increment();
    }

    /** An order of this phase has an outcome. */
    void ended(OrderOutcome outcome, long sinceIntendedNanos, long sinceAcceptedNanos) {
        outcomes.get(outcome).increment();
        if (outcome != OrderOutcome.PARKED) {
            record(toEnd, sinceIntendedNanos);
            record(acceptanceToEnd, sinceAcceptedNanos);
        }
    }

    /** An order of this or an earlier phase got its outcome during this phase. */
    void endedMeanwhile() {
        endedMeanwhile.increment();
    }

    /** Records the current number of orders in flight. */
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
        return new ConcurrentHistogram(MAX_MICROS, SIGNIFICANT_DIGITS);
    }

    /** The duration can be negative, because a terminal event may arrive before the response to the request. */
    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, MAX_MICROS));
    }
}
