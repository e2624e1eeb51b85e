package io.orderly.stack;

import io.orderly.stack.order.OrderClient;
import io.orderly.stack.order.PlacedOrder;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Customers who place orders, each the next one when the last one has ended, while a check stops processes. */
final class ContinuousOrders implements AutoCloseable {

    static final int CUSTOMERS = 4;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final OrderClient client;
    private final String customer;
    private final String product;
    private final List<Thread> customers;
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean enough;

    /**
     * @param status of the order when it ended
     * @param duration from placing it to its end
     */
    private record Ended(String status, Duration duration) {}

    private ContinuousOrders(OrderClient client, String customer, String product) {
        this.client = client;
        this.customer = customer;
        this.product = product;
        customers = IntStream.range(0, CUSTOMERS)
                .mapToObj(_ -> Thread.ofVirtual().unstarted(this::placeOrders))
                .toList();
    }

    /** Begins to place orders. */
    static ContinuousOrders begin(OrderClient client, String customer, String product) {
        ContinuousOrders orders = new ContinuousOrders(client, customer, product);
        orders.customers.forEach(Thread::start);
        return orders;
    }

    /** How many have ended. */
    int ended() {
        return ended.size();
    }

    /**
     * Waits until further orders have ended.
     *
     * @throws ProcessFailure if an order fails, or they do not end in time
     */
    void awaitEnded(int further) throws InterruptedException {
        int orders = ended.size() + further;
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

    /**
     * Places no further order, and waits until the open ones have ended.
     *
     * @throws ProcessFailure if one fails, or does not end in time
     */
    void finish() throws InterruptedException {
        close();
        for (Thread thread : customers) {
            if (!thread.join(TIMEOUT)) {
                throw new ProcessFailure(
                        "an order has not ended %d s after the last one was placed".formatted(TIMEOUT.toSeconds()));
            }
        }
        requireNoFailure();
    }

    /** @throws ProcessFailure if an order that has ended is not confirmed */
    void requireConfirmed() {
        if (ended.stream().anyMatch(order -> !order.status().equals("CONFIRMED"))) {
            throw new ProcessFailure("not all orders were confirmed: " + counts());
        }
    }

    /** The duration of the slowest order, in seconds, and how many ended with each status. */
    String summary() {
        Duration slowest =
                ended.stream().map(Ended::duration).max(Duration::compareTo).orElse(Duration.ZERO);
        return "the slowest took %.1f s: %s".formatted(slowest.toMillis() / 1000.0, counts());
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        ended.forEach(each -> counts.merge(each.status(), 1, Integer::sum));
        return counts;
    }

    /** Places no further order. */
    @Override
    public void close() {
        enough = true;
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

    private void requireNoFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new ProcessFailure("an order failed: " + failed.getMessage(), failed);
        }
    }
}
