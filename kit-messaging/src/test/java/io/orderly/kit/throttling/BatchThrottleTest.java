package io.orderly.kit.throttling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchThrottleTest {

    private final BatchThrottle throttle = new BatchThrottle(Duration.ofNanos(1_000));

    @Test
    void pausesForTheRestOfTheIntervalAfterAShortBatch() {
        assertThat(throttle.remainingNanos(5_000, 5_400, 30)).isEqualTo(600);
    }

    @Test
    void doesNotPauseAfterALongBatch() {
        assertThat(throttle.remainingNanos(5_000, 9_000, 30)).isNotPositive();
    }

    /** System.nanoTime may have any value and overflow. */
    @Test
    void toleratesAnOverflowOfTheClock() {
        assertThat(throttle.remainingNanos(Long.MAX_VALUE - 100, Long.MIN_VALUE + 299, 30))
                .isEqualTo(600);
    }

    @Test
    void doesNotPauseAfterABatchWithASingleKey() {
        assertThat(throttle.remainingNanos(5_000, 5_000, 1)).isZero();
        assertThat(throttle.remainingNanos(5_000, 5_000, 0)).isZero();
    }

    @Test
    void pausesLongerWithMoreKeys() {
        assertThat(throttle.remainingNanos(5_000, 5_000, 2)).isEqualTo(250);
        assertThat(throttle.remainingNanos(5_000, 5_000, 3)).isEqualTo(500);
        assertThat(throttle.remainingNanos(5_000, 5_000, 5)).isEqualTo(1_000);
        assertThat(throttle.remainingNanos(5_000, 5_000, 500)).isEqualTo(1_000);
    }

    @Test
    void rejectsANegativeInterval() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchThrottle(Duration.ofMillis(-1)));
    }
}
