package io.orderly.lab.torture;

import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Faults of every kind at random times, up to three at once, on a system with coordinators. A pure function of its arguments.
 *
 * @param faults sorted by time; each ends within the period. One that ends its process ends with the restart
 */
record NemesisSchedule(List<PlannedFault> faults) {

    static final int MOST_AT_ONCE = 3;

    private static final Duration LONGEST_REST = Duration.ofSeconds(4);

    /** After its end the process starts again. Meanwhile it is not chosen, and others start faster with fewer faults. */
    private static final Duration RECOVERY = Duration.ofSeconds(12);

    private static final int ATTEMPTS = 20;

    /**
     * Fills three rows with one fault after the other. The first are one of each kind; then each kind occurs as often as its weight says.
     *
     * @param seed the same seed gives the same schedule
     * @param time the period; a longer one has a different schedule
     */
    static NemesisSchedule of(long seed, Duration time) {
        Random random = new Random(seed);
        List<PlannedFault> faults = new ArrayList<>();
        List<Duration> rowsEnd = new ArrayList<>(Collections.nCopies(MOST_AT_ONCE, Duration.ZERO));
        List<NemesisKind> kinds = new ArrayList<>(List.of(NemesisKind.values()));
        Collections.shuffle(kinds, random);
        while (true) {
            int row = rowsEnd.indexOf(Collections.min(rowsEnd));
            Duration at = rowsEnd.get(row).plusMillis(random.nextLong(LONGEST_REST.toMillis()));
            if (kinds.isEmpty()) {
                kinds.addAll(NemesisKind.weighted());
                Collections.shuffle(kinds, random);
            }
            NemesisKind kind = kinds.removeLast();
            Duration end = at.plus(kind.lasting(random));
            if (end.compareTo(time) > 0) {
                return new NemesisSchedule(faults.stream()
                        .sorted(Comparator.comparing(PlannedFault::after))
                        .toList());
            }
            Optional<Fault> chosen = Optional.empty();
            for (int i = 0; i < ATTEMPTS && chosen.isEmpty(); i++) {
                Fault candidate = kind.fault(random);
                chosen = faults.stream()
                                .anyMatch(earlier -> at.compareTo(endWithRecovery(earlier)) < 0
                                        && conflict(earlier.fault(), candidate))
                        ? Optional.empty()
                        : Optional.of(candidate);
            }
            if (chosen.isPresent()) {
                PlannedFault planned = new PlannedFault(chosen.get(), at, end.minus(at));
                faults.add(planned);
                rowsEnd.set(row, endWithRecovery(planned));
            } else {
                rowsEnd.set(row, end);
            }
        }
    }

    private static Duration endWithRecovery(PlannedFault planned) {
        Duration end = planned.after().plus(planned.lasting());
        return endsProcess(planned.fault()) ? end.plus(RECOVERY) : end;
    }

    /** Whether the process is started again at the end of the fault. A full disk ends the payment provider, but no coordinator. */
    static boolean endsProcess(Fault fault) {
        return fault instanceof Fault.Kill
                || fault instanceof Fault.FullDisk(String process) && process.equals(Topology.PROVIDER);
    }

    /** Whether both affect the same process or link, or may do so, so that one of them would have no effect of its own. */
    private static boolean conflict(Fault one, Fault other) {
        return !Collections.disjoint(affected(one), affected(other));
    }

    /** The names of what a fault affects or may affect. */
    static Set<String> affected(Fault fault) {
        Set<String> names = new HashSet<>(Set.of(fault.target()));
        if (fault.target().equals(FaultInjector.COORDINATOR_LEADER)) {
            names.addAll(CoordinatorCluster.MEMBERS);
        }
        return names;
    }

    /** One line for each fault. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (PlannedFault planned : faults) {
            text.append("  %7.1f s  %s for %.1f s%n"
                    .formatted(
                            planned.after().toMillis() / 1e3,
                            describe(planned.fault()),
                            planned.lasting().toMillis() / 1e3));
        }
        return text.toString();
    }

    static String describe(Fault fault) {
        String more = switch (fault) {
            case Fault.OfTraffic traffic
            when traffic.direction() != null -> " " + traffic.direction().name().toLowerCase(Locale.ROOT);
            case Fault.ClockSkew(String _, long offsetMillis) -> " by %+d ms".formatted(offsetMillis);
            default -> "";
        };
        return "%s %s%s".formatted(fault.kind(), fault.target(), more);
    }
}
