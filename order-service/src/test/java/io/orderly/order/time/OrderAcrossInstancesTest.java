package io.orderly.order.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.clock.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Three instances in virtual time, with monotonic clocks of different origins and rates and wall clocks hours apart, and a coordinator whose
 * answers take a random time: an order that begins after the response to another one sorts after it.
 */
class OrderAcrossInstancesTest {

    private static final Duration AGE = Duration.ofMillis(10);
    private static final int ORDERS = 400;

    @Test
    void anOrderSortsAfterAllThatWereAnsweredBeforeItBegan() {
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(new Run(seed, true).reversed()).as("seed " + seed).isEmpty();
        }
    }

    /** So the test can find what the wait is for. */
    @Test
    void withoutTheWaitSomeSortBefore() {
        assertThat(IntStream.rangeClosed(1, 20)
                        .filter(seed -> !new Run(seed, false).reversed().isEmpty()))
                .isNotEmpty();
    }

    @Test
    void mostOrdersNeedNoRequest() {
        Run run = new Run(1, true);
        assertThat(run.placed).hasSize(ORDERS);
        assertThat(run.requests).isLessThan(ORDERS / 2);
    }

    /** The times are those of the simulation, in microseconds. */
    private record Placed(long began, long answered, HybridTimestamp time) {}

    private static final class Run {

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final boolean waits;
        private final List<Instance> instances;
        private final List<Placed> placed = new ArrayList<>();
        private long allocated = new HybridTimestamp(1_800_000_000_000L, 0).toLong();
        private int requests;

        Run(long seed, boolean waits) {
            random = new Random(seed);
            this.waits = waits;
            instances = IntStream.range(0, 3).mapToObj(_ -> new Instance()).toList();
            for (int order = 0; order < ORDERS; order++) {
                Instance at = instances.get(random.nextInt(instances.size()));
                time.after(random.nextInt(400_000), at::begin);
            }
            while (placed.size() < ORDERS) {
                time.advance();
            }
        }

        /** Pairs of orders of which the second began after the first was answered, and sorts before it. */
        List<List<Placed>> reversed() {
            List<Placed> byTime =
                    placed.stream().sorted(Comparator.comparing(Placed::time)).toList();
            List<List<Placed>> found = new ArrayList<>();
            for (int i = 0; i < byTime.size(); i++) {
                for (Placed later : byTime.subList(i + 1, byTime.size())) {
                    if (later.answered < byTime.get(i).began) {
                        found.add(List.of(later, byTime.get(i)));
                    }
                }
            }
            return found;
        }

        private final class Instance {

            private final OrderClock clock = new OrderClock(AGE);
            private final double rate = 1 + (random.nextDouble() - 0.5) / 1_000;
            private final long origin = random.nextLong(1_000_000_000_000L);
            private final Instant wallClock = Instant.EPOCH.plusSeconds(random.nextLong(4_000_000_000L));

            private long nanos() {
                return origin + (long) (time.nowMicros() * 1_000 * rate);
            }

            void begin() {
                attempt(time.nowMicros(), nanos());
            }

            private void attempt(long began, long beganNanos) {
                Optional<OrderTimestamp> taken = clock.take(beganNanos);
                if (taken.isPresent()) {
                    store(began, taken.get());
                    return;
                }
                requests++;
                long asked = nanos();
                time.after(random.nextInt(3_000), () -> {
                    HybridTimestamp first = HybridTimestamp.fromLong(allocated);
                    allocated += 50;
                    time.after(random.nextInt(3_000), () -> {
                        clock.received(first, 50, asked, nanos());
                        attempt(began, beganNanos);
                    });
                });
            }

            private void store(long began, OrderTimestamp stamp) {
                assertThat(clock.instant(nanos(), wallClock)).isNotEqualTo(wallClock);
                time.after(500 + random.nextInt(4_000), () -> {
                    long left = waits ? Math.max(0, stamp.settledNanos() - nanos()) : 0;
                    time.after(
                            Math.round(Math.ceil(left / 1_000.0 / rate)),
                            () -> placed.add(new Placed(began, time.nowMicros(), stamp.time())));
                });
            }
        }
    }
}
