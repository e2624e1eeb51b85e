package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HoldTest {

    private static Hold hold(String lock, int client, long token, long acquiredNanos, long untilNanos) {
        return new Hold(lock, client, OptionalLong.of(token), acquiredNanos - 5, acquiredNanos, untilNanos);
    }

    /** A client that requested the lock at time 0, and waited. */
    private static Hold waiting(int client, long token, long acquiredNanos, long untilNanos) {
        return new Hold("a", client, OptionalLong.of(token), 0, acquiredNanos, untilNanos);
    }

    private static Hold withoutToken(int client, long acquiredNanos, long untilNanos) {
        return new Hold("a", client, OptionalLong.empty(), acquiredNanos - 5, acquiredNanos, untilNanos);
    }

    @Test
    void oneClientAfterTheOtherIsCorrect() {
        List<Hold> holds = List.of(hold("a", 1, 10, 100, 200), hold("a", 2, 11, 200, 300), hold("b", 3, 5, 150, 250));

        assertThat(Hold.overlap(holds)).isEmpty();
        assertThat(Hold.staleToken(holds)).isEmpty();
    }

    @Test
    void twoConcurrentHoldersOfALockAreDetected() {
        List<Hold> holds = List.of(hold("a", 2, 11, 199, 300), hold("a", 1, 10, 100, 200));

        assertThat(Hold.overlap(holds)).get().asString().contains("client=2", "client=1");
    }

    @Test
    void aTokenThatDoesNotIncreaseIsDetected() {
        List<Hold> holds = List.of(hold("a", 1, 11, 100, 200), hold("a", 2, 10, 300, 400));

        assertThat(Hold.staleToken(holds)).isPresent();
    }

    @Test
    void aLowerTokenIsDetectedAlthoughItsClientWaitedForTheOther() {
        List<Hold> holds = List.of(waiting(1, 11, 100, 200), waiting(2, 10, 300, 400));

        assertThat(Hold.staleToken(holds)).get().asString().contains("client=2", "client=1");
    }

    @Test
    void clientsThatWaitedMayHoldTheLockInTheOrderOfTheirTokens() {
        List<Hold> holds = List.of(waiting(2, 12, 300, 400), waiting(1, 10, 100, 200), waiting(3, 15, 500, 600));

        assertThat(Hold.staleToken(holds)).isEmpty();
    }

    @Test
    void aHoldWithoutTokenIsOnlyCheckedForOverlap() {
        Hold first = hold("a", 1, 10, 100, 200);

        assertThat(Hold.staleToken(List.of(first, withoutToken(2, 300, 400), hold("a", 3, 11, 500, 600))))
                .isEmpty();
        assertThat(Hold.overlap(List.of(first, withoutToken(2, 199, 300)))).isPresent();
        assertThat(Hold.staleToken(
                        List.of(hold("a", 1, 11, 100, 200), withoutToken(2, 300, 400), hold("a", 3, 10, 500, 600))))
                .isPresent();
    }

    @Test
    void aTokenThatIsUsedTwiceIsDetected() {
        List<Hold> holds = List.of(hold("a", 1, 11, 100, 200), hold("a", 2, 11, 300, 400));

        assertThat(Hold.staleToken(holds)).isPresent();
    }
}
