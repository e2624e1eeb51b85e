package io.orderly.lab.run;

import io.orderly.lab.load.LoadObserver;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderScenario;
import io.orderly.lab.run.RunResult.OrderEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Records requests, completions and latencies by second. The latency of an order belongs to the second of its scheduled
 * time, so a stall appears at the time at which it began. Thread-safe.
 */
final class TimeSeriesRecorder implements LoadObserver {

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(30);
    private static final int SIGNIFICANT_DIGITS = 2;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int MOST_ENDS = 1_000;

    private final long zeroNanos;
    private final long objectiveNanos;
    private final List<Bucket> seconds = new ArrayList<>();
    private final List<Integer> good = new ArrayList<>();
    private final List<OrderEnd> ends = new ArrayList<>();
    private long ended;
    private int endsPerSample = 1;
    private long wrongEnds;

    private static final class Bucket {

        private long sent;
        private @Nullable Histogram toEndMicros;
    }

    /** The counts of a second; the latencies are null if none of its orders was completed. */
    record Count(
            long sent,
            @Nullable Double medianMillis,
            @Nullable Double longestMillis) {}

    /**
     * @param zeroNanos the start of the first second, a value of {@link System#nanoTime}
     * @param objective the latency within which an end counts as goodput
     */
    TimeSeriesRecorder(long zeroNanos, Duration objective) {
        this.zeroNanos = zeroNanos;
        this.objectiveNanos = objective.toNanos();
    }

    double now() {
        return (System.nanoTime() - zeroNanos) / 1e9;
    }

    @Override
    public synchronized void sent(long intendedNanos) {
        at(intendedNanos).sent++;
    }

    @Override
    public synchronized void ended(OrderScenario scenario, OrderOutcome outcome, long intendedNanos, long atNanos) {
        if (scenario.endsRightly(outcome) && atNanos - intendedNanos <= objectiveNanos) {
            int tenth = Math.max(0, GoodputCurve.tenth((atNanos - zeroNanos) / 1e9));
            while (good.size() <= tenth) {
                good.add(0);
            }
            good.set(tenth, good.get(tenth) + 1);
        }
        if (!scenario.endsRightly(outcome) && outcome != OrderOutcome.PARKED) {
            wrongEnds++;
        }
        sample(new OrderEnd(
                (intendedNanos - zeroNanos) / 1e9,
                Math.max(0, atNanos - intendedNanos) / 1e6,
                CustomerOutcomes.customerOutcomeOf(outcome)));
        at(atNanos); // the seconds reach to the last end
        Bucket intended = at(intendedNanos);
        if (intended.toEndMicros == null) {
            intended.toEndMicros = new Histogram(MAX_MICROS, SIGNIFICANT_DIGITS);
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(atNanos - intendedNanos);
        intended.toEndMicros.recordValue(Math.clamp(micros, 0, MAX_MICROS));
    }

    /** Keeps every end, then every second one, then every fourth, so that there are never more than {@link #MOST_ENDS}. */
    private void sample(OrderEnd end) {
        if (ended++ % endsPerSample != 0) {
            return;
        }
        if (ends.size() == MOST_ENDS) {
            List<OrderEnd> halved = IntStream.range(0, MOST_ENDS / 2)
                    .mapToObj(i -> ends.get(2 * i))
                    .toList();
            ends.clear();
            ends.addAll(halved);
            endsPerSample *= 2;
        }
        ends.add(end);
    }

    /** Of orders in the order in which they ended; of many, an even selection. */
    synchronized List<OrderEnd> ends() {
        return List.copyOf(ends);
    }

    /** The number of orders so far that came to a wrong end. */
    synchronized long wrongEnds() {
        return wrongEnds;
    }

    /** All seconds up to the last second with an event. */
    synchronized List<Count> seconds() {
        return seconds.stream().map(TimeSeriesRecorder::count).toList();
    }

    /** The orders so far. */
    synchronized GoodputCurve goodput() {
        return new GoodputCurve(List.copyOf(good));
    }

    private static Count count(Bucket bucket) {
        Histogram toEnd = bucket.toEndMicros;
        return new Count(bucket.sent, millis(toEnd, 50), millis(toEnd, 100));
    }

    private static @Nullable Double millis(@Nullable Histogram micros, double percentile) {
        return micros == null ? null : micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private Bucket at(long nanos) {
        int second = (int) Math.max(0, Math.floorDiv(nanos - zeroNanos, 1_000_000_000L));
        while (seconds.size() <= second) {
            seconds.add(new Bucket());
        }
        return seconds.get(second);
    }
}
