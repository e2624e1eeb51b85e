package io.orderly.lab.bench.stall;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the occurrences in slow seconds with those in all other seconds. Occurrences that are equally frequent in
 * both are omitted; the others are sorted by the difference of their frequencies. The result is a correlation, not a
 * proof of cause: a single slow second is correlated with all its occurrences.
 *
 * @param seconds the total number of seconds
 * @param slow the seconds with a failed request or a request that took longer than the limit
 * @param suspects the strongest correlation first
 */
public record StallDiagnosis(int seconds, List<AcceptanceSecond> slow, List<SuspectedCause> suspects) {

    private static final int MAX_SHOWN = 12;

    /**
     * @param slow the number of slow seconds in which it happened while the slowest request waited
     * @param others the number of other seconds in which it happened
     * @param longest its maximum duration in slow seconds
     */
    public record SuspectedCause(String what, int slow, int others, Duration longest) {}

    private static final class Count {

        private int slow;
        private int others;
        private Duration longest = Duration.ZERO;
    }

    /** @param limit the maximum duration of a request that is not slow */
    public static StallDiagnosis of(List<AcceptanceSecond> seconds, List<Occurrence> occurrences, Duration limit) {
        List<AcceptanceSecond> slow =
                seconds.stream().filter(second -> second.isSlow(limit)).toList();
        SortedMap<String, Count> counts = new TreeMap<>();
        occurrences.forEach(occurrence -> counts.put(occurrence.what(), new Count()));
        for (AcceptanceSecond second : seconds) {
            boolean isSlow = second.isSlow(limit);
            SortedMap<String, Duration> longest = new TreeMap<>();
            for (Occurrence occurrence : occurrences) {
                if (second.includes(occurrence, limit)) {
                    longest.merge(occurrence.what(), occurrence.lasted(), StallDiagnosis::longer);
                }
            }
            longest.forEach((what, lasted) -> {
                Count count = counts.get(what);
                if (isSlow) {
                    count.slow++;
                    count.longest = longer(count.longest, lasted);
                } else {
                    count.others++;
                }
            });
        }
        return new StallDiagnosis(seconds.size(), slow, suspects(counts, slow.size(), seconds.size() - slow.size()));
    }

    private static List<SuspectedCause> suspects(SortedMap<String, Count> counts, int slow, int others) {
        List<SuspectedCause> suspects = new ArrayList<>();
        counts.forEach(
                (what, count) -> suspects.add(new SuspectedCause(what, count.slow, count.others, count.longest)));
        suspects.removeIf(suspect -> excess(suspect, slow, others) <= 0);
        suspects.sort(Comparator.comparingDouble((SuspectedCause suspect) -> excess(suspect, slow, others))
                .reversed());
        return List.copyOf(suspects);
    }

    /** The difference between its frequencies in slow seconds and in other seconds. */
    private static double excess(SuspectedCause suspect, int slow, int others) {
        double shareOfSlow = slow == 0 ? 0 : (double) suspect.slow() / slow;
        double shareOfOthers = others == 0 ? 0 : (double) suspect.others() / others;
        return shareOfSlow - shareOfOthers;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** A human-readable table; empty if no second was slow. */
    @Override
    public String toString() {
        if (slow.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        int others = seconds - slow.size();
        text.append(line("Slow seconds: %d of %d", slow.size(), seconds));
        slow.stream()
                .sorted(Comparator.comparingInt(AcceptanceSecond::turnedAway)
                        .thenComparing(AcceptanceSecond::slowest)
                        .reversed())
                .limit(MAX_SHOWN)
                .sorted(Comparator.comparing(AcceptanceSecond::begin))
                .forEach(second -> text.append(line(
                        "  %s  slowest %,d ms, %d failed requests",
                        second.begin().truncatedTo(ChronoUnit.MILLIS),
                        second.slowest().toMillis(),
                        second.turnedAway())));
        text.append(line("%-76s %10s %12s %10s", "occurrences in them", "in slow", "in others", "longest"));
        suspects.stream()
                .limit(MAX_SHOWN)
                .forEach(suspect -> text.append(line(
                        "%-76s %4d of %2d %5d of %3d %7d ms",
                        suspect.what(),
                        suspect.slow(),
                        slow.size(),
                        suspect.others(),
                        others,
                        suspect.longest().toMillis())));
        if (suspects.isEmpty()) {
            text.append(line("  no monitored occurrence is more frequent than in the other seconds"));
        }
        return text.toString();
    }

    private static String line(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments) + System.lineSeparator();
    }
}
