package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {

    private static Hold hold(String lock, int client, long token, long acquiredNanos, long untilNanos) {
        return new Hold(lock, client, token, acquiredNanos - 5, acquiredNanos, untilNanos);
    }

    @Test
    void oneClientAfterTheOtherIsCorrect() {
        List<Hold> holds = List.of(hold("a", 1, 10, 100, 200), hold("a", 2, 11, 200, 300), hold("b", 3, 5, 150, 250));

        assertThat(Hold.overlap(holds)).isEmpty();
        assertThat(Hold.staleToken(holds)).isEmpty();
    }

    @Test
    void twoClientsThatCountOnTheSameLockAreFound() {
        List<Hold> holds = List.of(hold("a", 2, 11, 199, 300), hold("a", 1, 10, 100, 200));

        assertThat(Hold.overlap(holds)).get().asString().contains("client=2", "client=1");
    }

    @Test
    void aTokenThatDoesNotGrowIsFound() {
        List<Hold> holds = List.of(hold("a", 1, 11, 100, 200), hold("a", 2, 10, 300, 400));

        assertThat(Hold.staleToken(holds)).isPresent();
    }

    @Test
    void aTokenThatIsUsedTwiceIsFound() {
        List<Hold> holds = List.of(hold("a", 1, 11, 100, 200), hold("a", 2, 11, 300, 400));

        assertThat(Hold.staleToken(holds)).isPresent();
    }
}
