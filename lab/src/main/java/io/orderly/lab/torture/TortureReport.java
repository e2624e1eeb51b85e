package io.orderly.lab.torture;

import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.torture.TorturePlan.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a torture run.
 *
 * @param ordersPerSecond the rate of orders during the faults
 * @param load the measurements of the load generator
 * @param faults all faults that were injected, if they were of all kinds, in the order of their ends
 * @param failedStarts start attempts that were retried; the first line of each is a summary
 * @param suddenDeaths exits of processes that were not killed; the first line of each is a summary
 * @param timeToRest from the last order until no work was pending
 * @param unfinished the pending work when the timeout expired; null if there was none
 */
public record TortureReport(
        TorturePlan plan,
        double ordersPerSecond,
        List<PhaseResult> load,
        List<FaultOutcome> faults,
        List<KillOutcome> deaths,
        List<String> failedStarts,
        List<String> suddenDeaths,
        Duration timeToRest,
        @Nullable String unfinished,
        AuditReport audit) {

    /**
     * A process that was killed.
     *
     * @param ordersInFlight accepted orders without an outcome at that time; each of them has a message in flight
     * @param backAfter the time from the kill until it was ready again; null if it was not
     * @param handlingAfter the time from its readiness until the first message was handled, by the process or, for a
     *     backend, by any service; null if none was; zero if that happened before
     * @param isUndisturbed whether all other processes were up from its readiness until that message
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
     * A fault that has ended.
     *
     * @param after its planned time since the first order of the phase
     * @param lasting its planned duration
     * @param tookEffect false also if it could not be injected
     * @param seen what was observed, or why it could not be injected
     */
    public record FaultOutcome(
            String kind, String title, Duration after, Duration lasting, boolean tookEffect, String seen) {}

    /**
     * Whether all faults were executed and the system met its guarantees. A crash is not a reason to park an order or to
     * dead-letter a message, so no work for an operator may remain.
     */
    public boolean isPassed() {
        return audit.isClean()
                && unfinished == null
                && suddenDeaths.isEmpty()
                && audit.needsNoOperator()
                && deaths.size() >= plannedKills()
                && deaths.stream().allMatch(death -> death.ordersInFlight() > 0);
    }

    private int plannedKills() {
        return switch (plan.faults()) {
            case Faults.Kills(int kills, int _) -> kills;
            case Faults.Nemesis _ -> 0;
        };
    }

    /** The number of faults that took effect, by kind. */
    public Map<String, Long> effectiveFaults() {
        return faults.stream()
                .filter(FaultOutcome::tookEffect)
                .collect(Collectors.groupingBy(FaultOutcome::kind, TreeMap::new, Collectors.counting()));
    }

    /** The median of the numbers of orders in flight at the kills; 0 without kills. */
    public int medianOrdersInFlight() {
        return deaths.stream()
                .map(KillOutcome::ordersInFlight)
                .sorted()
                .skip(deaths.size() / 2)
                .findFirst()
                .orElse(0);
    }

    /** The number of kills per process. */
    public Map<String, Long> deathsByProcess() {
        return deaths.stream()
                .collect(Collectors.groupingBy(KillOutcome::process, TreeMap::new, Collectors.counting()));
    }

    /** A human-readable report. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        var inFlight = deaths.stream().mapToInt(KillOutcome::ordersInFlight).summaryStatistics();
        text.append("Seed %d: %d orders placed, %.1f/s, %d processes killed %s%n"
                .formatted(plan.seed(), audit.requests(), ordersPerSecond, deaths.size(), deathsByProcess()));
        if (!faults.isEmpty()) {
            text.append("%d faults; those with an effect by kind: %s%n".formatted(faults.size(), effectiveFaults()));
            faults.stream()
                    .filter(fault -> !fault.tookEffect())
                    .forEach(fault -> text.append("  without effect: %s at %.1f s: %s%n"
                            .formatted(fault.title(), fault.after().toMillis() / 1e3, fault.seen())));
        }
        if (!deaths.isEmpty()) {
            text.append("Orders in flight at a kill, each with a message in flight: %d to %d, median %d, %d in total%n"
                    .formatted(inFlight.getMin(), inFlight.getMax(), medianOrdersInFlight(), inFlight.getSum()));
        }
        text.append("No pending work %.1f s after the last order%s%n"
                .formatted(timeToRest.toMillis() / 1e3, unfinished == null ? "" : ", still pending: " + unfinished));
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
                        undisturbed.isEmpty() ? "not measured without other processes down" : range(undisturbed));
    }

    private static String range(List<Duration> durations) {
        var millis = durations.stream().mapToLong(Duration::toMillis).summaryStatistics();
        return durations.isEmpty() ? "never" : "%.1f to %.1f s".formatted(millis.getMin() / 1e3, millis.getMax() / 1e3);
    }
}
