package io.orderly.lab.torture;

import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.load.PhaseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param load what the clients saw
 * @param failedStarts that were tried again; the first line of each is its summary
 * @param suddenDeaths processes that ended though nobody had killed them, described likewise
 * @param timeToRest from the last order to the moment when nothing was left to do
 * @param unfinished what was left to do when patience ended; null if nothing was
 */
public record TortureReport(
        TorturePlan plan,
        List<PhaseResult> load,
        List<KillOutcome> deaths,
        List<String> failedStarts,
        List<String> suddenDeaths,
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
    public record KillOutcome(
            int number,
            String process,
            long pid,
            Instant at,
            int ordersInFlight,
            Duration downtime,
            @Nullable Duration backAfter,
            @Nullable Duration handlingAfter,
            boolean isUndisturbed) {}

    /**
     * Whether the system did what it promises, and was put to the test. Crashes are no reason to park an order or to bury a
     * message, so nothing may wait for an operator.
     */
    public boolean isPassed() {
        return audit.isClean()
                && unfinished == null
                && suddenDeaths.isEmpty()
                && audit.needsNoOperator()
                && deaths.size() >= plan.kills()
                && deaths.stream().allMatch(death -> death.ordersInFlight() > 0);
    }

    /** How often each process was killed. */
    public Map<String, Long> deathsByProcess() {
        return deaths.stream()
                .collect(Collectors.groupingBy(KillOutcome::process, TreeMap::new, Collectors.counting()));
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        var inFlight = deaths.stream().mapToInt(KillOutcome::ordersInFlight).summaryStatistics();
        text.append("Seed %d: %d orders placed, %d processes killed %s%n"
                .formatted(plan.seed(), audit.requests(), deaths.size(), deathsByProcess()));
        if (!deaths.isEmpty()) {
            text.append("Orders in flight at a kill, each with a message under way: %d to %d, %d in all%n"
                    .formatted(inFlight.getMin(), inFlight.getMax(), inFlight.getSum()));
        }
        text.append("At rest %.1f s after the last order%s%n"
                .formatted(timeToRest.toMillis() / 1e3, unfinished == null ? "" : ", but not finished: " + unfinished));
        deathsByProcess().keySet().forEach(process -> text.append(recoveryOf(process)));
        failedStarts.forEach(failure -> text.append(failure.strip()).append('\n'));
        suddenDeaths.forEach(death -> text.append(death.strip()).append('\n'));
        return text.append(audit)
                .append(isPassed() ? "PASSED" : "FAILED")
                .append('\n')
                .toString();
    }

    private String recoveryOf(String process) {
        List<KillOutcome> own =
                deaths.stream().filter(death -> death.process().equals(process)).toList();
        List<Duration> undisturbed = own.stream()
                .filter(KillOutcome::isUndisturbed)
                .map(KillOutcome::handlingAfter)
                .filter(Objects::nonNull)
                .toList();
        return "  %-17s killed %d times, ready %s after a kill; from then to the first message %s%n"
                .formatted(
                        process,
                        own.size(),
                        range(own.stream()
                                .map(KillOutcome::backAfter)
                                .filter(Objects::nonNull)
                                .toList()),
                        undisturbed.isEmpty() ? "never undisturbed" : range(undisturbed));
    }

    private static String range(List<Duration> durations) {
        var millis = durations.stream().mapToLong(Duration::toMillis).summaryStatistics();
        return durations.isEmpty() ? "never" : "%.1f to %.1f s".formatted(millis.getMin() / 1e3, millis.getMax() / 1e3);
    }
}
