package io.orderly.kit.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(Duration.ofNanos(1_000));

    @Test
    void leavesToAShortBatchWhatRemains() {
        assertThat(pace.remainingNanos(5_000, 5_400)).isEqualTo(600);
    }

    @Test
    void leavesNothingToALongOne() {
        assertThat(pace.remainingNanos(5_000, 9_000)).isNotPositive();
    }

    /** The nanosecond clock may be anywhere, and wrap. */
    @Test
    void goesOnWhereTheClockWraps() {
        assertThat(pace.remainingNanos(Long.MAX_VALUE - 100, Long.MIN_VALUE + 299))
                .isEqualTo(600);
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(Duration.ofMillis(-1)));
    }
}
