package io.orderly.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When orders fare again as they did before a fault: from the first of three seconds in a row whose orders have all but
 * ended, half of them in no more than twice the time of before. Judged by orders and not by processes, and by when they
 * were placed, so a backlog that is worked off late does not look like recovery.
 */
final class RecoveryTime {

    private static final int IN_A_ROW = 3;
    private static final double ENDED_SHARE = 0.9;
    private static final double TIMES_OF_BEFORE = 2;
    private static final double TOLERANCE_MILLIS = 50;

    private RecoveryTime() {}

    /**
     * @param seconds of the whole run
     * @param before from which second to which, exclusive, nothing was broken
     * @param healed the second in which the last fault ended
     * @param end the second in which the last order was placed
     * @return seconds from then; null if it was never so
     */
    static @Nullable Double seconds(
            List<TimeSeriesRecorder.Count> seconds, int beforeFrom, int beforeTo, double healed, int end) {
        double usual =
                median(seconds.subList(Math.min(beforeFrom, seconds.size()), Math.min(beforeTo, seconds.size())));
        int row = 0;
        for (int second = (int) Math.ceil(healed); second < Math.min(end, seconds.size()); second++) {
            row = isAsUsual(seconds.get(second), usual) ? row + 1 : 0;
            if (row == IN_A_ROW) {
                return Math.max(0, second - IN_A_ROW + 1 - healed);
            }
        }
        return null;
    }

    private static boolean isAsUsual(TimeSeriesRecorder.Count second, double usualMillis) {
        return second.sent() > 0
                && second.endedOfSent() >= ENDED_SHARE * second.sent()
                && second.p50Millis() != null
                && second.p50Millis() <= TIMES_OF_BEFORE * usualMillis + TOLERANCE_MILLIS;
    }

    private static double median(List<TimeSeriesRecorder.Count> seconds) {
        List<Double> medians = new ArrayList<>(seconds.stream()
                .map(TimeSeriesRecorder.Count::p50Millis)
                .filter(Objects::nonNull)
                .sorted()
                .toList());
        return medians.isEmpty() ? 0 : medians.get(medians.size() / 2);
    }
}
