package io.orderly.kit.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(Duration.ofNanos(1_000));

    @Test
    void leavesToAShortBatchWhatRemains() {
        assertThat(pace.remainingNanos(5_000, 5_400, 30)).isEqualTo(600);
    }

    @Test
    void leavesNothingToALongOne() {
        assertThat(pace.remainingNanos(5_000, 9_000, 30)).isNotPositive();
    }

    /** The nanosecond clock may be anywhere, and wrap. */
    @Test
    void goesOnWhereTheClockWraps() {
        assertThat(pace.remainingNanos(Long.MAX_VALUE - 100, Long.MIN_VALUE + 299, 30))
                .isEqualTo(600);
    }

    @Test
    void doesNotHoldUpAnOrderThatIsAlone() {
        assertThat(pace.remainingNanos(5_000, 5_000, 1)).isZero();
        assertThat(pace.remainingNanos(5_000, 5_000, 0)).isZero();
    }

    @Test
    void restsLongerTheMoreOrdersMeet() {
        assertThat(pace.remainingNanos(5_000, 5_000, 2)).isEqualTo(250);
        assertThat(pace.remainingNanos(5_000, 5_000, 3)).isEqualTo(500);
        assertThat(pace.remainingNanos(5_000, 5_000, 5)).isEqualTo(1_000);
        assertThat(pace.remainingNanos(5_000, 5_000, 500)).isEqualTo(1_000);
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(Duration.ofMillis(-1)));
    }
}
