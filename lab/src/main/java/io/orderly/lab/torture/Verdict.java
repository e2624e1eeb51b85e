package io.orderly.lab.torture;

import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.load.PhaseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param load what the clients saw
 * @param incidents what happened to processes besides; the first line of each is its summary
 * @param timeToRest from the last order to the moment when nothing was left to do
 * @param unfinished what was left to do when patience ended; null if nothing was
 */
public record Verdict(
        TorturePlan plan,
        List<PhaseResult> load,
        List<Death> deaths,
        List<String> incidents,
        Duration timeToRest,
        @Nullable String unfinished,
        AuditReport audit) {

    /**
     * A process that was killed.
     *
     * @param ordersInFlight orders accepted and not ended at that moment; each of them has a message under way
     * @param backAfter how long after the kill it was ready; null if it never was
     * @param handlingAfter how long after it was ready the first message was handled, by it or, where it handles none itself,
     *     by anyone; null if none was. Zero if that came even before
     * @param isUndisturbed whether everything else was up, from when it was ready until that message
     */
    public record Death(
            int number,
            String process,
            long pid,
            Instant at,
            int ordersInFlight,
            Duration downtime,
            @Nullable Duration backAfter,
            @Nullable Duration handlingAfter,
            boolean isUndisturbed) {}

    /** Whether the system did what it promises, and was put to the test. */
    public boolean isPassed() {
        return audit.isClean()
                && unfinished == null
                && deaths.size() >= plan.kills()
                && deaths.stream().allMatch(death -> death.ordersInFlight() > 0);
    }

    /** The longest time that a process, with nothing else wrong, took from being ready to its first message. */
    public Optional<Duration> slowestRecovery() {
        return deaths.stream()
                .filter(Death::isUndisturbed)
                .map(Death::handlingAfter)
                .filter(after -> after != null)
                .max(Comparator.naturalOrder());
    }

    /** How often each process was killed. */
    public Map<String, Long> deathsByProcess() {
        return deaths.stream().collect(Collectors.groupingBy(Death::process, TreeMap::new, Collectors.counting()));
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        var inFlight = deaths.stream().mapToInt(Death::ordersInFlight).summaryStatistics();
        text.append("Seed %d: %d orders placed, %d processes killed %s%n"
                .formatted(plan.seed(), audit.requests(), deaths.size(), deathsByProcess()));
        if (!deaths.isEmpty()) {
            text.append("Orders in flight at a kill, each with a message under way: %d to %d, %d in all%n"
                    .formatted(inFlight.getMin(), inFlight.getMax(), inFlight.getSum()));
        }
        text.append("At rest %.1f s after the last order%s%n"
                .formatted(timeToRest.toMillis() / 1e3, unfinished == null ? "" : ", but not finished: " + unfinished));
        slowestRecovery()
                .ifPresent(slowest -> text.append(
                        "From ready to the first message handled, all else being well: %.1f s at most, over %d restarts%n"
                                .formatted(slowest.toMillis() / 1e3, undisturbedRecoveries())));
        incidents.forEach(
                incident -> text.append("Incident: ").append(incident.strip()).append('\n'));
        return text.append(audit)
                .append(isPassed() ? "PASSED" : "FAILED")
                .append('\n')
                .toString();
    }

    private long undisturbedRecoveries() {
        return deaths.stream()
                .filter(death -> death.isUndisturbed() && death.handlingAfter() != null)
                .count();
    }
}
