package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.torture.KillSchedule.Kill;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KillScheduleTest {

    private static final List<String> PROCESSES = List.of("a", "b", "c", "d", "e", "f", "g");
    private static final Duration TIME = Duration.ofSeconds(100);

    @Property(tries = 200)
    void isTheSameForTheSameSeed(@ForAll long seed, @ForAll @IntRange(max = 50) int kills) {
        assertThat(KillSchedule.of(seed, kills, TIME, PROCESSES))
                .isEqualTo(KillSchedule.of(seed, kills, TIME, PROCESSES));
    }

    @Property(tries = 200)
    void hasTheGivenNumberOfKillsInOrderWithinThePeriod(@ForAll long seed, @ForAll @IntRange(max = 50) int kills) {
        List<Duration> times = KillSchedule.of(seed, kills, TIME, PROCESSES).kills().stream()
                .map(Kill::at)
                .toList();
        assertThat(times).hasSize(kills).isSorted().allMatch(at -> at.compareTo(TIME) <= 0);
    }

    @Property(tries = 200)
    void killsEveryProcessOnceBeforeAnyProcessTwice(@ForAll long seed) {
        List<Kill> kills = KillSchedule.of(seed, 21, TIME, PROCESSES).kills();
        for (int round = 0; round < 3; round++) {
            assertThat(kills.subList(round * 7, round * 7 + 7))
                    .extracting(kill -> kill.candidates().getFirst())
                    .containsExactlyInAnyOrderElementsOf(PROCESSES);
        }
        assertThat(kills)
                .allSatisfy(kill -> assertThat(kill.candidates()).containsExactlyInAnyOrderElementsOf(PROCESSES));
    }
}
