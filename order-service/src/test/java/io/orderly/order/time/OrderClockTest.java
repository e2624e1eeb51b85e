package io.orderly.order.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderClockTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant HOUR_AHEAD = NOON.plusSeconds(3600);
    private static final HybridTimestamp FIRST = new HybridTimestamp(NOON.toEpochMilli(), 7);

    private final OrderClock clock = new OrderClock(Duration.ofNanos(10_000));

    @Test
    void usesARangeForOrdersThatBeginBeforeItIsTooOld() {
        clock.received(FIRST, 3, 100, 500);

        assertThat(clock.take(10_100)).hasValueSatisfying(stamp -> {
            assertThat(stamp.time()).isEqualTo(FIRST);
            assertThat(stamp.shared()).isTrue();
            assertThat(stamp.settledNanos())
                    .as("age and drift after the arrival")
                    .isEqualTo(500 + 10_010);
        });
        assertThat(clock.take(10_101)).isEmpty();
        assertThat(clock.take(200)).isPresent();
        assertThat(clock.take(200)).isPresent();
        assertThat(clock.take(200)).as("used up").isEmpty();
    }

    @Test
    void keepsTheNewerOfTwoRanges() {
        clock.received(plus(100), 10, 200, 300);
        clock.received(FIRST, 10, 100, 400);

        assertThat(clock.take(200)).map(OrderTimestamp::time).contains(plus(100));
    }

    @Test
    void continuesTheTimeOfTheRangesWithoutTheWallClock() {
        clock.received(FIRST, 10, 100, 500);

        OrderTimestamp own = clock.makeOwn(500 + 2_000_000_000L, HOUR_AHEAD);
        assertThat(own.toInstant()).isEqualTo(NOON.plusSeconds(2));
        assertThat(own.shared()).isFalse();
    }

    @Test
    void usesTheWallClockWithoutARange() {
        OrderTimestamp own = clock.makeOwn(1, HOUR_AHEAD);
        assertThat(own.toInstant()).isEqualTo(HOUR_AHEAD);
        assertThat(clock.makeOwn(2, NOON).time())
                .as("the wall clock was set back")
                .isGreaterThan(own.time());
    }

    @Test
    void doesNotGoBackWhenRangesAreBehindItsOwnTimestamps() {
        HybridTimestamp own = clock.makeOwn(1, HOUR_AHEAD).time();
        clock.received(FIRST, 10, 100, 500);

        assertThat(clock.take(100)).hasValueSatisfying(stamp -> {
            assertThat(stamp.time()).isGreaterThan(own);
            assertThat(stamp.shared()).isFalse();
        });
    }

    @Test
    void knowsWhenTimestampsOfRecentRangesAreSettled() {
        clock.received(FIRST, 10, 100, 500);
        clock.received(plus(100), 10, 5_000, 6_000);

        assertThat(clock.settledNanos(FIRST)).contains(500 + 10_010L);
        assertThat(clock.settledNanos(plus(109))).contains(6_000 + 10_010L);
        assertThat(clock.settledNanos(plus(50))).isEmpty();
        clock.received(plus(200), 10, 20_000, 21_000);
        assertThat(clock.settledNanos(FIRST)).as("long ago").isEmpty();
    }

    private static HybridTimestamp plus(long steps) {
        return HybridTimestamp.fromLong(FIRST.toLong() + steps);
    }
}
