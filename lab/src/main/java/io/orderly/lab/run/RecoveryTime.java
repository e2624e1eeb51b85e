package io.orderly.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time from the end of a fault to recovery: to the first of three consecutive seconds in which at least 90% of the
 * orders were completed, with a median latency of at most twice the latency before the fault. Orders count in the
 * second in which they were placed, so a backlog that is worked off late does not count as recovery.
 */
final class RecoveryTime {

    private static final int CONSECUTIVE_SECONDS = 3;
    private static final double MIN_COMPLETED_SHARE = 0.9;
    private static final double MAX_LATENCY_RATIO = 2;
    private static final double TOLERANCE_MILLIS = 50;

    private RecoveryTime() {}

    /**
     * @param seconds the seconds of the whole run
     * @param beforeFrom the first second of the phase before the fault
     * @param beforeTo the last second of that phase, exclusive
     * @param healed the time of the last healing, in seconds
     * @param end the second of the last order, exclusive
     * @return seconds from {@code healed} to recovery; null if the system did not recover
     */
    static @Nullable Double seconds(
            List<TimeSeriesRecorder.Count> seconds, int beforeFrom, int beforeTo, double healed, int end) {
        double normal =
                median(seconds.subList(Math.min(beforeFrom, seconds.size()), Math.min(beforeTo, seconds.size())));
        int consecutive = 0;
        for (int second = (int) Math.ceil(healed); second < Math.min(end, seconds.size()); second++) {
            consecutive = isRecovered(seconds.get(second), normal) ? consecutive + 1 : 0;
            if (consecutive == CONSECUTIVE_SECONDS) {
                return Math.max(0, second - CONSECUTIVE_SECONDS + 1 - healed);
            }
        }
        return null;
    }

    private static boolean isRecovered(TimeSeriesRecorder.Count second, double normalMillis) {
        return second.sent() > 0
                && second.endedOfSent() >= MIN_COMPLETED_SHARE * second.sent()
                && second.medianMillis() != null
                && second.medianMillis() <= MAX_LATENCY_RATIO * normalMillis + TOLERANCE_MILLIS;
    }

    private static double median(List<TimeSeriesRecorder.Count> seconds) {
        List<Double> medians = new ArrayList<>(seconds.stream()
                .map(TimeSeriesRecorder.Count::medianMillis)
                .filter(Objects::nonNull)
                .sorted()
                .toList());
        return medians.isEmpty() ? 0 : medians.get(medians.size() / 2);
    }
}
