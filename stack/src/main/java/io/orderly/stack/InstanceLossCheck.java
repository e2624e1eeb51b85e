package io.orderly.stack;

import io.orderly.stack.order.OrderClient;
import io.orderly.stack.order.PlacedOrder;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kills an instance of a service while orders are placed, and checks that all of them end: another instance takes over its partitions, and its
 * part of the topics.
 */
final class InstanceLossCheck {

    private static final int CUSTOMERS = 4;

    /** Orders that have ended before the instance is killed, and as many after it. */
    private static final int ORDERS = 20;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final OrderClient client;
    private final String customer;
    private final String product;
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean enough;

    /**
     * @param status of the order when it ended
     * @param duration from placing it to its end
     */
    private record Ended(String status, Duration duration) {}

    /** A check that runs at the same time. */
    interface OtherCheck {

        /** @return what was found, in lines to print */
        String run() throws InterruptedException;
    }

    /** @param client of an instance that is not killed, or of a gateway */
    InstanceLossCheck(OrderClient client, String customer, String product) {
        this.client = client;
        this.customer = customer;
        this.product = product;
    }

    /**
     * Kills the instance, runs another check meanwhile, and starts the instance again.
     *
     * @param other check that runs while the instance is away; its result is part of the result
     * @return what was found, in lines to print
     * @throws ProcessFailure if an order does not end, or the instance is not ready again in time
     */
    String run(ManagedProcess instance, OtherCheck other) throws InterruptedException {
        List<Thread> placing = IntStream.range(0, CUSTOMERS)
                .mapToObj(_ -> Thread.ofVirtual().start(this::placeOrders))
                .toList();
        String found;
        int before;
        try {
            awaitEnded(ORDERS);
            instance.kill();
            before = ended.size();
            found = other.run();
            awaitEnded(before + ORDERS);
            // partitions move back to it while orders are placed
            instance.start();
            instance.awaitReady(TIMEOUT);
            awaitEnded(ended.size() + ORDERS);
        } finally {
            enough = true;
        }
        for (Thread thread : placing) {
            if (!thread.join(TIMEOUT)) {
                throw new ProcessFailure("an order has not ended %d s after %s was killed"
                        .formatted(TIMEOUT.toSeconds(), instance.name()));
            }
        }
        requireNoFailure();
        return """
                Instances: %s was killed while %d customers placed orders.
                  %d orders had ended before, %d ended after it; the slowest took %.1f s: %s.
                  %s is back.
                %s""".formatted(
                        instance.name(),
                        CUSTOMERS,
                        before,
                        ended.size() - before,
                        ended.stream()
                                        .map(Ended::duration)
                                        .max(Duration::compareTo)
                                        .orElse(Duration.ZERO)
                                        .toMillis()
                                / 1000.0,
                        statuses(),
                        instance.name(),
                        found);
    }

    private void placeOrders() {
        try {
            while (!enough) {
                long begunNanos = System.nanoTime();
                PlacedOrder placed = client.place(customer, product);
                ended.add(new Ended(placed.status(), Duration.ofNanos(System.nanoTime() - begunNanos)));
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void awaitEnded(int orders) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + TIMEOUT.toNanos();
        while (ended.size() < orders) {
            requireNoFailure();
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure(
                        "only %d of %d orders ended within %d s".formatted(ended.size(), orders, TIMEOUT.toSeconds()));
            }
            Thread.sleep(PAUSE);
        }
    }

    private void requireNoFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new ProcessFailure("an order failed: " + failed.getMessage(), failed);
        }
    }

    private String statuses() {
        Map<String, Integer> counts = new TreeMap<>();
        ended.forEach(each -> counts.merge(each.status(), 1, Integer::sum));
        return counts.toString();
    }
}
