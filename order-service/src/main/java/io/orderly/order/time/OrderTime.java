package io.orderly.order.time;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderly.clock.HybridTimestamp;
import io.orderly.clock.TimestampAllocator;
import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives orders their ids and times, in the order that the package describes. No order is refused because there is no timestamp. Thread-safe.
 */
public final class OrderTime {

    private static final Logger log = LoggerFactory.getLogger(OrderTime.class);

    private final @Nullable TimestampAllocator allocator;
    private final OrderTimeProperties properties;
    private final InstantSource wallClock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Counter shared;
    private final Counter own;
    private final Timer waits;

    private final OrderClock clock;

    /** The request that was sent last, if it has not ended. */
    private @Nullable Request latest;

    /** Whether orders do not wait for the coordinator. */
    private boolean away;

    private long mayAskNanos;

    /** @param allocator null if there is none */
    OrderTime(
            @Nullable TimestampAllocator allocator,
            OrderTimeProperties properties,
            InstantSource wallClock,
            LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry meters) {
        this.allocator = allocator;
        this.properties = properties;
        this.wallClock = wallClock;
        this.nanoTime = nanoTime;
        this.random = random;
        clock = new OrderClock(properties.rangeAge());
        shared = timestamps("coordinator", meters);
        own = timestamps("instance", meters);
        waits = Timer.builder("orderly.order-time.waits")
                .description("how long answers to placed orders waited until all later orders sort after them")
                .register(meters);
    }

    private static Counter timestamps(String source, MeterRegistry meters) {
        return Counter.builder("orderly.order-time.timestamps")
                .description(
                        "timestamps of orders, by source; those of the instance are in no order with other instances")
                .tag("source", source)
                .register(meters);
    }

    /**
     * The id and the time of a new order.
     *
     * @param id sorts by the time
     * @param time in milliseconds
     */
    public record Stamp(OrderId id, Instant time) {}

    /** Asks for timestamps if there are none for an order that begins now. Returns at once. */
    public synchronized void prepare() {
        if (!clock.hasTimestamp(nanoTime.getAsLong())) {
            ask(nanoTime.getAsLong());
        }
    }

    /** The id and the time of an order that begins now. */
    public Stamp next() {
        OrderTimestamp timestamp = timestamp();
        (timestamp.shared() ? shared : own).increment();
        return new Stamp(timestamp.toId(random), timestamp.toInstant());
    }

    private OrderTimestamp timestamp() {
        long began = nanoTime.getAsLong();
        while (true) {
            Request request;
            long left;
            synchronized (this) {
                Optional<OrderTimestamp> taken = clock.take(began);
                if (taken.isPresent()) {
                    return taken.get();
                }
                request = ask(began);
                long now = nanoTime.getAsLong();
                left = properties.patience().toNanos() - (now - began);
                if (request == null || away || left <= 0) {
                    return clock.makeOwn(now, wallClock.instant());
                }
            }
            if (!request.awaitEnd(left)) {
                leave("it has not answered for " + properties.patience().toMillis() + " ms");
            }
        }
    }

    /**
     * The request for timestamps that an order may use which began at that time; it is sent unless one is under way, or one has failed
     * shortly before.
     *
     * @return null if there is none
     */
    private @Nullable Request ask(long beganNanos) {
        if (allocator == null) {
            return null;
        }
        if (latest != null && (away || clock.mayUse(latest.askedNanos, beganNanos))) {
            return latest;
        }
        long now = nanoTime.getAsLong();
        if (away && now - mayAskNanos < 0) {
            return null;
        }
        Request request = new Request(now, new CountDownLatch(1));
        latest = request;
        Thread.ofVirtual().name("order-time").start(() -> allocate(allocator, request));
        return request;
    }

    private void allocate(TimestampAllocator from, Request request) {
        try {
            HybridTimestamp first = from.allocate(properties.rangeSize());
            synchronized (this) {
                clock.received(first, properties.rangeSize(), request.askedNanos, nanoTime.getAsLong());
                if (away) {
                    away = false;
                    log.info("orders have timestamps of the coordinator again");
                }
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                mayAskNanos = nanoTime.getAsLong() + properties.retryDelay().toNanos();
            }
            leave(String.valueOf(e.getMessage()));
        } finally {
            synchronized (this) {
                if (latest == request) {
                    latest = null;
                }
            }
            request.ended.countDown();
        }
    }

    private synchronized void leave(String reason) {
        if (!away) {
            away = true;
            log.warn(
                    "Orders get timestamps of this instance until the coordinator answers; they may sort before earlier orders of"
                            + " other instances: {}",
                    reason);
        }
    }

    /**
     * Waits until every order that begins later, at any instance, sorts after this one. Does not wait for orders whose timestamp is not of
     * the coordinator.
     *
     * @param order placed by this instance
     */
    public void awaitSettled(OrderId order) {
        Optional<Long> settled;
        synchronized (this) {
            settled = clock.settledNanos(OrderTimestamp.of(order));
        }
        pause(settled.map(nanos -> nanos - nanoTime.getAsLong()).orElse(0L));
    }

    /** The same for an order that another instance may have placed just now. */
    public void awaitSettledElsewhere() {
        boolean ordered;
        synchronized (this) {
            ordered = allocator != null && !away;
        }
        pause(ordered ? clock.settleNanos() : 0);
    }

    private void pause(long nanos) {
        if (nanos > 0) {
            waits.record(nanos, TimeUnit.NANOSECONDS);
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How long ago that time of an order was; zero if it is not over. */
    public Duration since(Instant placed) {
        Instant now;
        synchronized (this) {
            now = clock.instant(nanoTime.getAsLong(), wallClock.instant());
        }
        Duration passed = Duration.between(placed, now);
        return passed.isNegative() ? Duration.ZERO : passed;
    }

    private record Request(long askedNanos, CountDownLatch ended) {

        /** @return false if it has not ended in time, or the waiting thread was interrupted */
        boolean awaitEnd(long nanos) {
            try {
                return ended.await(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
