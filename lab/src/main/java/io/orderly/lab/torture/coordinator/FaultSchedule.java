package io.orderly.lab.torture.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * An endless sequence of faults, which its seed determines. First it has each kind once, kills last because a restart may take most of a short
 * run, then kinds at random. Half of them aim at the leader.
 */
final class FaultSchedule {

    /**
     * Most differences between two clocks are below the drift of 5 s that timestamps may have. With larger ones a member would refuse
     * timestamps, so that there would be none to compare.
     */
    static final Duration LARGEST_CLOCK_OFFSET = Duration.ofSeconds(2);

    /** Longer than a leader waits for its disk. */
    static final Duration LONGEST_FORCE_DELAY = Duration.ofMillis(1_500);

    /** Longer than members take to measure their disks and to report them to the leader. */
    static final Duration SHORTEST_FULL_DISK = Duration.ofSeconds(2);

    private static final Duration SHORTEST_FORCE_DELAY = Duration.ofMillis(20);
    private static final Duration SHORTEST_HOLD = Duration.ofMillis(200);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(4);
    private static final Duration LONGEST_DOWNTIME = Duration.ofMillis(1_500);
    private static final Duration LONGEST_REST = Duration.ofMillis(2_500);

    private final Random random;
    private final int members;
    private final List<FaultKind> kinds;
    private final List<FaultKind> first;

    /**
     * @param members their number
     * @param canImpairReceiving whether the incoming messages of a member can be impaired
     * @param canImpairMachines whether the clock and the disk of a member can be impaired
     */
    FaultSchedule(long seed, int members, boolean canImpairReceiving, boolean canImpairMachines) {
        this.random = new Random(seed);
        this.members = members;
        Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
        if (!canImpairReceiving) {
            possible.removeAll(Set.of(FaultKind.CUT_RECEIVING, FaultKind.CUT));
        }
        if (!canImpairMachines) {
            possible.removeIf(FaultKind::isOfMachine);
        }
        kinds = possible.stream()
                .flatMap(kind -> Collections.nCopies(kind.weight(), kind).stream())
                .toList();
        first = new ArrayList<>(possible);
        Collections.shuffle(first, random);
        first.sort(Comparator.comparing(FaultKind::isKill));
    }

    PlannedFault next() {
        Duration rest = between(Duration.ZERO, LONGEST_REST);
        FaultKind kind = first.isEmpty() ? kinds.get(random.nextInt(kinds.size())) : first.removeFirst();
        return new PlannedFault(
                kind,
                rest,
                1 + random.nextInt(members),
                random.nextBoolean(),
                hold(kind),
                between(LARGEST_CLOCK_OFFSET.negated(), LARGEST_CLOCK_OFFSET),
                between(SHORTEST_FORCE_DELAY, LONGEST_FORCE_DELAY));
    }

    private Duration hold(FaultKind kind) {
        if (kind.isKill()) {
            return between(Duration.ZERO, LONGEST_DOWNTIME);
        }
        return between(kind.fillsDisks() ? SHORTEST_FULL_DISK : SHORTEST_HOLD, LONGEST_HOLD);
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }
}
