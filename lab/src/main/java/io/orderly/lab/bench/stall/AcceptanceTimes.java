package io.orderly.lab.bench.stall;

import io.orderly.lab.load.LoadObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records the slowest request of each second, and requests that were sent late, which indicate a delay of the load
 * generator instead of the system. Thread-safe.
 */
public final class AcceptanceTimes implements LoadObserver {

    private static final String LATE = "load generator: request sent late";

    private final Duration late;
    private final long zeroNanos = System.nanoTime();
    private final Instant zero = Instant.now();
    private final SortedMap<Long, Slowest> seconds = new TreeMap<>();
    private final List<Occurrence> lateRequests = new ArrayList<>();

    private static final class Slowest {

        private long fromNanos;
        private long untilNanos;
        private int turnedAway;
    }

    /** @param late the lateness above which a request counts as sent late */
    public AcceptanceTimes(Duration late) {
        this.late = late;
    }

    /** Discards all records, for a new phase. */
    public synchronized void clear() {
        seconds.clear();
        lateRequests.clear();
    }

    @Override
    public synchronized void sent(long intendedNanos) {
        long nowNanos = System.nanoTime();
        if (nowNanos - intendedNanos > late.toNanos()) {
            lateRequests.add(new Occurrence(LATE, at(intendedNanos), at(nowNanos)));
        }
    }

    @Override
    public synchronized void accepted(long intendedNanos, long atNanos) {
        Slowest slowest = second(intendedNanos);
        if (atNanos - intendedNanos > slowest.untilNanos - slowest.fromNanos) {
            slowest.fromNanos = intendedNanos;
            slowest.untilNanos = atNanos;
        }
    }

    @Override
    public synchronized void turnedAway(long intendedNanos) {
        second(intendedNanos).turnedAway++;
    }

    /** The seconds with a scheduled request, the earliest first. */
    public synchronized List<AcceptanceSecond> seconds() {
        return seconds.entrySet().stream()
                .map(entry -> second(entry.getKey(), entry.getValue()))
                .toList();
    }

    public synchronized List<Occurrence> lateRequests() {
        return List.copyOf(lateRequests);
    }

    private AcceptanceSecond second(long number, Slowest slowest) {
        Instant begin = zero.plusSeconds(number);
        boolean noneAccepted = slowest.untilNanos == slowest.fromNanos;
        return new AcceptanceSecond(
                begin,
                noneAccepted ? begin : at(slowest.fromNanos),
                noneAccepted ? begin : at(slowest.untilNanos),
                slowest.turnedAway);
    }

    private Slowest second(long intendedNanos) {
        long number =
                Math.floorDiv(intendedNanos - zeroNanos, Duration.ofSeconds(1).toNanos());
        return seconds.computeIfAbsent(number, _ -> new Slowest());
    }

    private Instant at(long nanos) {
        return zero.plusNanos(nanos - zeroNanos);
    }
}
