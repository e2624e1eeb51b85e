package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final int MANY = 500;

    private static List<PlannedFault> faults(long seed, int number) {
        FaultSchedule schedule = new FaultSchedule(seed, 3, true, true);
        return Stream.generate(schedule::next).limit(number).toList();
    }

    @Test
    void beginsWithOneFaultOfEachKindAndTheKillsLast() {
        List<FaultKind> first = faults(1, FaultKind.values().length).stream()
                .map(PlannedFault::kind)
                .toList();

        assertThat(first).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(first.subList(first.size() - 2, first.size())).allMatch(FaultKind::isKill);
    }

    @Test
    void isDeterminedByTheSeed() {
        assertThat(faults(7, MANY)).isEqualTo(faults(7, MANY)).isNotEqualTo(faults(8, MANY));
    }

    @Test
    void setsClocksForwardAndBackWithinTheLimit() {
        List<Duration> offsets = faults(1, MANY).stream()
                .filter(fault -> fault.kind() == FaultKind.CLOCK_JUMP)
                .map(PlannedFault::clockOffset)
                .toList();

        assertThat(offsets)
                .anyMatch(Duration::isPositive)
                .anyMatch(Duration::isNegative)
                .allMatch(offset -> offset.abs().compareTo(FaultSchedule.LARGEST_CLOCK_OFFSET) <= 0);
    }

    @Test
    void delaysDisksByUpToMoreThanALeaderWaitsForOne() {
        List<Duration> delays = faults(1, MANY).stream()
                .filter(fault -> fault.kind() == FaultKind.SLOW_DISK)
                .map(PlannedFault::forceDelay)
                .toList();

        assertThat(delays)
                .isNotEmpty()
                .allMatch(Duration::isPositive)
                .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) > 0)
                .allMatch(delay -> delay.compareTo(FaultSchedule.LONGEST_FORCE_DELAY) <= 0);
    }

    @Test
    void fillsDisksForLongerThanMembersTakeToNotice() {
        List<Duration> holds = faults(1, MANY).stream()
                .filter(fault -> fault.kind().fillsDisks())
                .map(PlannedFault::hold)
                .toList();

        assertThat(holds).isNotEmpty().allMatch(hold -> hold.compareTo(FaultSchedule.SHORTEST_FULL_DISK) >= 0);
    }

    @Test
    void hasOnlyFaultsThatTheProgramPermits() {
        FaultSchedule schedule = new FaultSchedule(1, 3, false, false);

        assertThat(Stream.generate(schedule::next).limit(MANY))
                .extracting(PlannedFault::kind)
                .doesNotContain(
                        FaultKind.CUT,
                        FaultKind.CUT_RECEIVING,
                        FaultKind.CLOCK_JUMP,
                        FaultKind.SLOW_DISK,
                        FaultKind.FULL_DISK,
                        FaultKind.ALL_DISKS_FULL)
                .contains(FaultKind.CUT_SENDING, FaultKind.KILL_ALL);
    }

    @Test
    void hitsEachMemberAndTheLeader() {
        List<PlannedFault> faults = faults(1, MANY);

        assertThat(faults).extracting(PlannedFault::member).containsOnly(1, 2, 3);
        assertThat(faults).extracting(PlannedFault::aimsAtLeader).contains(true, false);
    }
}
