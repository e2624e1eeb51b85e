package io.orderly.order.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.clock.HybridTimestamp;
import io.orderly.clock.TimestampAllocator;
import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderTimeTest {

    private static final Instant COORDINATORS_TIME = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant WALL_CLOCK = Instant.parse("2020-01-01T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Coordinator coordinator = new Coordinator();
    private final OrderTime time = orderTime(coordinator);

    @Test
    void givesTimestampsOfTheCoordinatorAndAsksForManyAtOnce() {
        List<OrderId> ids = ids(50);

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(time.next().time()).isEqualTo(COORDINATORS_TIME);
        assertThat(coordinator.requests).hasValue(1);
        assertThat(count("coordinator")).isEqualTo(51);
    }

    @Test
    void concurrentOrdersGetDifferentIdsAlsoWhenARangeIsUsedUp() throws InterruptedException {
        List<OrderId> ids = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> ids.add(time.next().id()));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(coordinator.requests.get()).isBetween(10, 100);
    }

    @Test
    void withoutACoordinatorTheyAreOfTheWallClock() {
        OrderTime alone = orderTime(null);

        assertThat(alone.next().time()).isEqualTo(WALL_CLOCK);
        assertThat(List.of(alone.next().id(), alone.next().id(), alone.next().id()))
                .isSorted();
        assertThat(count("instance")).isEqualTo(4);
    }

    @Test
    void aCoordinatorThatRefusesIsAskedAgainLaterAndRefusesNoOrder() {
        coordinator.failure.set(new IllegalStateException("no leader"));
        List<OrderId> ids = ids(20);

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(count("instance")).isEqualTo(20);

        coordinator.failure.set(null);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            ids.add(time.next().id());
            return count("coordinator") > 0;
        });
        assertThat(ids).isSorted();
        assertThat(time.next().time()).isEqualTo(COORDINATORS_TIME);
    }

    @Test
    void aCoordinatorThatDoesNotAnswerDelaysOnlyTheFirstOrder() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        coordinator.answer.set(answer);
        List<OrderId> ids = ids(100);
        assertThat(count("instance")).isEqualTo(100);
        assertThat(coordinator.requests).hasValue(1);

        answer.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            ids.add(time.next().id());
            return count("coordinator") > 0;
        });
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void waitsBeforeTheAnswerButNotForTimestampsOfItsOwn() {
        OrderId order = time.next().id();
        time.awaitSettled(order);
        assertThat(meters.timer("orderly.order-time.waits").count()).isEqualTo(1);
        time.awaitSettled(order);
        assertThat(meters.timer("orderly.order-time.waits").count()).isEqualTo(1);
        time.awaitSettledElsewhere();
        assertThat(meters.timer("orderly.order-time.waits").count()).isEqualTo(2);

        OrderTime alone = orderTime(null);
        alone.awaitSettled(alone.next().id());
        alone.awaitSettledElsewhere();
        assertThat(meters.timer("orderly.order-time.waits").count()).isEqualTo(2);
    }

    @Test
    void measuresByTheTimeOfTheCoordinator() {
        Instant placed = time.next().time();
        assertThat(time.since(placed)).isLessThan(Duration.ofMinutes(1));
        assertThat(time.since(placed.plusSeconds(3600))).isZero();
    }

    private List<OrderId> ids(int count) {
        List<OrderId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(time.next().id());
        }
        return ids;
    }

    private double count(String source) {
        return meters.counter("orderly.order-time.timestamps", "source", source).count();
    }

    private OrderTime orderTime(@Nullable TimestampAllocator allocator) {
        return new OrderTime(
                allocator,
                new OrderTimeProperties(Duration.ofSeconds(1), 100, Duration.ofSeconds(2), Duration.ofMillis(10)),
                InstantSource.fixed(WALL_CLOCK),
                System::nanoTime,
                new Random(1),
                meters);
    }

    /** A coordinator whose clock stands still. */
    private static final class Coordinator implements TimestampAllocator {

        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        private final AtomicReference<@Nullable CountDownLatch> answer = new AtomicReference<>();
        private long next = new HybridTimestamp(COORDINATORS_TIME.toEpochMilli(), 0).toLong();

        @Override
        public HybridTimestamp allocate(int count) {
            requests.incrementAndGet();
            RuntimeException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
            CountDownLatch latch = answer.get();
            try {
                if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("not opened");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            synchronized (this) {
                HybridTimestamp first = HybridTimestamp.fromLong(next);
                next += count;
                return first;
            }
        }
    }
}
