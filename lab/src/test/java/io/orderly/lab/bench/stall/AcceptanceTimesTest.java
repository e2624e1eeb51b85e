package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptanceTimesTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final long nowNanos = System.nanoTime();
    private final AcceptanceTimes times = new AcceptanceTimes(Duration.ofMillis(100));

    @Test
    void recordsTheSlowestRequestInTheSecondOfItsScheduledTime() {
        long intendedNanos = nowNanos + 10 * SECOND;
        times.accepted(intendedNanos, intendedNanos + 20 * MILLI);
        times.accepted(intendedNanos, intendedNanos + 3_000 * MILLI);
        times.accepted(intendedNanos, intendedNanos + 30 * MILLI);
        times.accepted(intendedNanos + 2 * SECOND, intendedNanos + 2 * SECOND + 5 * MILLI);

        List<AcceptanceSecond> seconds = times.seconds();
        assertThat(seconds).extracting(second -> second.slowest().toMillis()).containsExactly(3_000L, 5L);
        AcceptanceSecond first = seconds.getFirst();
        assertThat(first.slowestFrom()).isBetween(first.begin(), first.end());
        assertThat(seconds.getLast().begin()).isEqualTo(first.begin().plusSeconds(2));
    }

    @Test
    void countsFailedRequestsAlsoInSecondsWithoutAcceptedRequests() {
        times.turnedAway(nowNanos + 10 * SECOND);
        times.turnedAway(nowNanos + 10 * SECOND);

        assertThat(times.seconds()).singleElement().satisfies(second -> {
            assertThat(second.turnedAway()).isEqualTo(2);
            assertThat(second.slowest()).isZero();
        });
    }

    @Test
    void reportsRequestsThatTheLoadGeneratorSentLate() {
        times.sent(System.nanoTime() - 99 * MILLI / 2);
        assertThat(times.lateRequests()).isEmpty();

        times.sent(System.nanoTime() - 101 * MILLI);
        assertThat(times.lateRequests())
                .singleElement()
                .satisfies(late -> assertThat(late.lasted()).isGreaterThan(Duration.ofMillis(100)));
    }

    @Test
    void discardsTheRecordsOfAnEarlierPhase() {
        times.accepted(nowNanos, nowNanos + MILLI);
        times.sent(nowNanos - SECOND);
        times.clear();

        assertThat(times.seconds()).isEmpty();
        assertThat(times.lateRequests()).isEmpty();
    }
}
