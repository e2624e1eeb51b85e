package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimestampReserveTest {

    @Test
    void isNotUsedAfterItsMaximumAge() {
        TimestampReserve reserve = new TimestampReserve(Duration.ofNanos(10));
        reserve.refill(100, 5, 1_000);
        assertThat(reserve.take(2, 1_010)).contains(range(100, 2));
        assertThat(reserve.take(4, 1_010)).isEmpty();
        assertThat(reserve.take(1, 1_011)).isEmpty();
    }

    @Test
    void neverReturnsAnOlderTimestampAfterANewerOne() {
        TimestampReserve reserve = new TimestampReserve(Duration.ofHours(1));
        reserve.refill(100, 5, 0);
        reserve.refill(200, 5, 1);
        assertThat(reserve.take(1, 2)).contains(range(200, 1));
    }

    @Test
    void sharesARequestAmongWaitingCalls() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        AtomicLong next = new AtomicLong(1_000);
        CountDownLatch first = new CountDownLatch(1);
        TimestampSource source = count -> {
            if (requests.incrementAndGet() == 1) {
                awaitOpen(first);
            }
            return next.getAndAdd(count);
        };
        try (Loop loop = new Loop();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Timestamps timestamps = new Timestamps(source, loop, Environment.SYSTEM, Duration.ZERO, 0);
            Set<Long> given = new ConcurrentSkipListSet<>();
            CountDownLatch asked = new CountDownLatch(100);
            IntStream.range(0, 100)
                    .forEach(_ -> threads.execute(() -> {
                        asked.countDown();
                        given.add(timestamps.next().toLong());
                    }));
            asked.await(10, TimeUnit.SECONDS);
            first.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(given).hasSize(100);
            assertThat(requests.get()).isLessThan(100);
        }
    }

    @Test
    void servesLaterCallsFromTheReserveInOrder() {
        AtomicInteger requests = new AtomicInteger();
        AtomicLong next = new AtomicLong(1_000);
        try (Loop loop = new Loop()) {
            Timestamps timestamps = new Timestamps(
                    count -> {
                        requests.incrementAndGet();
                        return next.getAndAdd(count);
                    },
                    loop,
                    Environment.SYSTEM,
                    Duration.ofHours(1),
                    9);
            List<HybridTimestamp> given =
                    IntStream.range(0, 20).mapToObj(_ -> timestamps.next()).toList();
            assertThat(given).isSorted().doesNotHaveDuplicates();
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void reportsAFailedRequestToAllWaitingCalls() {
        try (Loop loop = new Loop()) {
            Timestamps timestamps = new Timestamps(
                    _ -> {
                        throw new CoordinatorException("no member");
                    },
                    loop,
                    Environment.SYSTEM,
                    Duration.ZERO,
                    0);
            assertThatThrownBy(timestamps::next)
                    .isInstanceOf(CoordinatorException.class)
                    .hasMessage("no member");
            assertThatThrownBy(() -> timestamps.next(60_001)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void timestampsOfAKeyFollowTheHighestEvenIfTheClockIsBehind() {
        long highest = new HybridTimestamp(5_000, 3).toLong();
        assertThat(KeyTimestamps.first(highest, 4_000)).isEqualTo(highest + 1);
        assertThat(KeyTimestamps.first(highest, 6_000)).isEqualTo(new HybridTimestamp(6_000, 0).toLong());
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static TimestampRange range(long first, int count) {
        return new TimestampRange(HybridTimestamp.fromLong(first), count);
    }
}
