package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import io.orderly.lab.load.RetryPolicy.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Places orders at a rate that does not depend on the system's response times, and tracks each order to
 * its outcome. A client retries a failed request until it is answered or the client's timeout expires.
 *
 * <p>Phases are run one after the other, by a single thread; orders of an earlier phase may still be in flight.
 */
public final class LoadGenerator implements AutoCloseable {

    /**
     * How long before its scheduled time an order is written to the journal, so that the flush adds nothing to the
     * measured latency.
     */
    private static final Duration LEAD_TIME = Duration.ofMillis(250);

    private static final Duration SAMPLING = Duration.ofMillis(100);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration IDLE_POLL = Duration.ofMillis(1);

    private final Cancellation cancellation;
    private final RequestTarget target;
    private final LoadObserver observer;
    private final PlannedOrders orders;
    private final long seed;
    private final Journal journal;
    private final Duration clientTimeout;
    private final RetryPolicy policy;
    private final @Nullable RetryBudget budget;
    private final OutcomeSource outcomes;
    private final OrderTracker tracker = new OrderTracker();
    private final AtomicInteger openRequests = new AtomicInteger();
    private final AtomicInteger uncompletedOrders = new AtomicInteger();
    private volatile @Nullable PhaseRecorder current;
    private @Nullable Semaphore permits;
    private long nextOrder;

    /** An order that is in the journal and waits for its scheduled time. */
    private record ScheduledOrder(PlannedOrder order, long intendedNanos, CompletableFuture<Void> durable) {}

    /** Cancels orders of {@link OrderScenario#CANCELLED_AT_ONCE}. */
    @FunctionalInterface
    private interface Cancellation {

        /** @return the status of the response */
        int cancel(OrderId order) throws IOException, InterruptedException;
    }

    /**
     * Creates a load generator that sends its requests to the order API and has no observer.
     *
     * @see #LoadGenerator(OrderApi, RequestTarget, LoadObserver, OrderMix, long, Journal, String, Duration, RetryPolicy)
     */
    public LoadGenerator(
            OrderApi api, OrderMix mix, long seed, Journal journal, String bootstrapServers, Duration clientTimeout) {
        this(api, api, LoadObserver.NONE, mix, seed, journal, bootstrapServers, clientTimeout, RetryPolicy.DEFAULT);
    }

    /**
     * @param api the API for cancellations
     * @param target receives the requests to place orders
     * @param seed the seed of the arrival times
     * @param bootstrapServers of the broker with the order events
     * @param clientTimeout how long a client retries a request
     * @param policy of all clients; the timeout of an attempt is that of the target
     */
    public LoadGenerator(
            OrderApi api,
            RequestTarget target,
            LoadObserver observer,
            OrderMix mix,
            long seed,
            Journal journal,
            String bootstrapServers,
            Duration clientTimeout,
            RetryPolicy policy) {
        this(
                api::cancel,
                target,
                observer,
                mix,
                seed,
                journal,
                new OrderEvents(bootstrapServers),
                clientTimeout,
                policy);
    }

    /**
     * Creates a load generator of orders of any system, none of which are cancelled.
     *
     * @param target receives the requests to place orders
     * @param seed the seed of the arrival times
     * @param outcomes those of the accepted orders; closed with the load generator
     * @param clientTimeout how long a client retries a request; zero if it does not
     */
    public LoadGenerator(
            RequestTarget target,
            PlannedOrders orders,
            long seed,
            Journal journal,
            OutcomeSource outcomes,
            Duration clientTimeout) {
        this(
                order -> {
                    throw new IllegalStateException("no order is cancelled");
                },
                target,
                LoadObserver.NONE,
                orders,
                seed,
                journal,
                outcomes,
                clientTimeout,
                RetryPolicy.DEFAULT);
    }

    private LoadGenerator(
            Cancellation cancellation,
            RequestTarget target,
            LoadObserver observer,
            PlannedOrders orders,
            long seed,
            Journal journal,
            OutcomeSource outcomes,
            Duration clientTimeout,
            RetryPolicy policy) {
        this.cancellation = cancellation;
        this.target = target;
        this.observer = observer;
        this.orders = orders;
        this.seed = seed;
        this.journal = journal;
        this.clientTimeout = clientTimeout;
        this.policy = policy;
        this.budget = policy.budget() == null ? null : new RetryBudget(policy.budget());
        this.outcomes = outcomes;
        outcomes.follow(tracker::ended);
    }

    /** A phase and its results. */
    public static final class PhaseRun {

        private final PhaseRecorder recorder;
        private final Duration duration;

        private PhaseRun(PhaseRecorder recorder, Duration duration) {
            this.recorder = recorder;
            this.duration = duration;
        }

        /** The results so far. */
        public PhaseResult result() {
            return recorder.result(duration);
        }

        /** The end-to-end latencies so far, in microseconds. */
        public Histogram toEndMicros() {
            return recorder.toEnd();
        }
    }

    /**
     * An order that is being placed.
     *
     * @param onCompletion called once, when the order has an outcome, is rejected, or the client's timeout has expired
     */
    private record Placement(PlannedOrder order, long intendedNanos, PhaseRecorder recorder, Runnable onCompletion) {}

    /**
     * Runs a phase with a Poisson arrival process. Returns when the phase is over; its last orders are then still in
     * flight.
     */
    public PhaseRun run(Phase phase) throws InterruptedException {
        var recorder = new PhaseRecorder(phase);
        var arrivals = new PoissonArrivals(phase.ordersPerSecond(), seed ^ nextOrder);
        current = recorder;
        long beginNanos = System.nanoTime() + LEAD_TIME.toNanos();
        Instant begin = Instant.now().plus(LEAD_TIME);
        long endNanos = beginNanos + phase.duration().toNanos();
        long nextNanos = beginNanos + arrivals.nextIntervalNanos();
        long nextSampleNanos = beginNanos;
        Queue<ScheduledOrder> scheduled = new ArrayDeque<>();
        while (true) {
            long nowNanos = System.nanoTime();
            while (nextNanos - endNanos < 0 && nextNanos - nowNanos < LEAD_TIME.toNanos()) {
                scheduled.add(schedule(nextNanos, begin.plusNanos(nextNanos - beginNanos)));
                nextNanos += arrivals.nextIntervalNanos();
            }
            while (nextSampleNanos - nowNanos <= 0) {
                recorder.sampleInFlight(tracker.inFlight());
                nextSampleNanos += SAMPLING.toNanos();
            }
            ScheduledOrder next = scheduled.peek();
            if (next != null && next.intendedNanos() - nowNanos <= 0) {
                scheduled.remove();
                next.durable().join();
                var placement = new Placement(next.order(), next.intendedNanos(), recorder, () -> {});
                Thread.ofVirtual().start(() -> execute(placement));
            } else if (endNanos - nowNanos <= 0 && next == null) {
                recorder.sampleInFlight(tracker.inFlight());
                return new PhaseRun(recorder, Duration.ofNanos(nowNanos - beginNanos));
            } else {
                long wakeNanos = Math.min(nextSampleNanos, next == null ? nextNanos : next.intendedNanos());
                LockSupport.parkNanos(Math.min(wakeNanos, endNanos) - nowNanos);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    /**
     * Runs a phase with a constant number of orders in flight: a new order is placed when another has completed.
     * Returns when the phase is over; its last orders are then still in flight and count in the next phase. Latencies
     * count from the placement of an order, so a stall reduces their number instead of increasing them: compare the
     * throughput of such phases.
     *
     * @param phase its rate is ignored
     * @param inFlight has to be the same in each phase of a generator
     */
    public PhaseRun runInFlight(Phase phase, int inFlight) throws InterruptedException {
        Semaphore free = permits == null ? new Semaphore(inFlight) : permits;
        permits = free;
        var recorder = new PhaseRecorder(phase);
        current = recorder;
        Queue<ScheduledOrder> scheduled = new ArrayDeque<>();
        long beginNanos = System.nanoTime();
        long endNanos = beginNanos + phase.duration().toNanos();
        long nextSampleNanos = beginNanos;
        while (true) {
            while (scheduled.size() < inFlight) {
                scheduled.add(schedule(System.nanoTime(), Instant.now()));
            }
            long nowNanos = System.nanoTime();
            while (nextSampleNanos - nowNanos <= 0) {
                recorder.sampleInFlight(tracker.inFlight());
                nextSampleNanos += SAMPLING.toNanos();
            }
            if (endNanos - nowNanos <= 0) {
                return new PhaseRun(recorder, Duration.ofNanos(nowNanos - beginNanos));
            }
            long waitNanos = Math.min(nextSampleNanos, endNanos) - nowNanos;
            if (free.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                ScheduledOrder next = scheduled.remove();
                next.durable().join();
                var placement = new Placement(next.order(), System.nanoTime(), recorder, free::release);
                Thread.ofVirtual().start(() -> execute(placement));
            }
        }
    }

    /** Places orders sequentially: each order after the previous order has completed. */
    public PhaseRun runOneByOne(String name, int orders) throws InterruptedException {
        var recorder = new PhaseRecorder(new Phase(name, 0, Duration.ZERO));
        current = recorder;
        long beginNanos = System.nanoTime();
        for (int i = 0; i < orders; i++) {
            ScheduledOrder order = schedule(System.nanoTime(), Instant.now());
            order.durable().join();
            execute(new Placement(order.order(), System.nanoTime(), recorder, () -> {}));
            while (tracker.inFlight() > 0) {
                Thread.sleep(IDLE_POLL);
            }
        }
        return new PhaseRun(recorder, Duration.ofNanos(System.nanoTime() - beginNanos));
    }

    /**
     * Waits until every request is answered and every order has an outcome.
     *
     * @return false if the timeout expired first
     */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (openRequests.get() > 0 || tracker.inFlight() > 0) {
            if (System.nanoTime() - giveUpNanos > 0) {
                return false;
            }
            Thread.sleep(IDLE_POLL);
        }
        return true;
    }

    /** The number of orders that have been placed and are not completed. */
    public int uncompletedOrders() {
        return uncompletedOrders.get();
    }

    /** The number of accepted orders without a known outcome. */
    public int inFlight() {
        return tracker.inFlight();
    }

    @Override
    public void close() {
        outcomes.close();
    }

    private ScheduledOrder schedule(long intendedNanos, Instant intended) {
        PlannedOrder order = orders.order(nextOrder++);
        var attempt = new Attempted(order.key(), intended, order.scenario(), order.bodySha256());
        return new ScheduledOrder(order, intendedNanos, journal.append(attempt));
    }

    private void execute(Placement placement) {
        PlannedOrder order = placement.order();
        openRequests.incrementAndGet();
        uncompletedOrders.incrementAndGet();
        try {
            if (budget != null) {
                budget.firstRequest();
            }
            placement.recorder().sent(System.nanoTime() - placement.intendedNanos());
            observer.sent(placement.intendedNanos());
            OrderResponse answer = place(placement);
            if (answer == null || answer.orderId() == null && answer.outcome() == null) {
                complete(placement);
            } else if (answer.orderId() != null && order.scenario() == OrderScenario.CANCELLED_AT_ONCE) {
                Thread.sleep(order.cancelAfter());
                cancel(order, answer.orderId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            openRequests.decrementAndGet();
        }
    }

    /** @return null if the client's timeout expired */
    private @Nullable OrderResponse place(Placement placement) throws InterruptedException {
        PlannedOrder order = placement.order();
        PhaseRecorder recorder = placement.recorder();
        var retry = new Retry(order);
        Duration retryAfter;
        do {
            retryAfter = Duration.ZERO;
            try {
                OrderResponse answer = target.send(order);
                long nowNanos = System.nanoTime();
                journal.append(new Answered(order.key(), Instant.now(), answer));
                if (answer.outcome() != null) {
                    accepted(placement, nowNanos);
                    ended(placement, nowNanos, answer.outcome(), nowNanos);
                    return answer;
                }
                if (answer.orderId() != null) {
                    accepted(placement, nowNanos);
                    tracker.accepted(
                            answer.orderId(), (outcome, atNanos) -> ended(placement, nowNanos, outcome, atNanos));
                    return answer;
                }
                if (!answer.mayBeRetried()) {
                    recorder.refused();
                    return answer;
                }
                retryAfter = answer.retryAfter();
            } catch (IOException e) {
                journal.append(new Unanswered(order.key(), Instant.now(), e.toString()));
            }
            recorder.repeated();
            observer.turnedAway(placement.intendedNanos());
        } while (retry.pause(retryAfter));
        recorder.unanswered();
        return null;
    }

    private void accepted(Placement placement, long atNanos) {
        placement.recorder().accepted(atNanos - placement.intendedNanos());
        observer.accepted(placement.intendedNanos(), atNanos);
    }

    private void ended(Placement placement, long acceptedNanos, OrderOutcome outcome, long atNanos) {
        placement.recorder().ended(outcome, atNanos - placement.intendedNanos(), atNanos - acceptedNanos);
        PhaseRecorder meanwhile = current;
        if (meanwhile != null) {
            meanwhile.endedMeanwhile();
        }
        observer.ended(placement.order().scenario(), outcome, placement.intendedNanos(), atNanos);
        complete(placement);
    }

    private void complete(Placement placement) {
        uncompletedOrders.decrementAndGet();
        placement.onCompletion().run();
    }

    private void cancel(PlannedOrder order, OrderId orderId) throws InterruptedException {
        var retry = new Retry(order);
        do {
            try {
                int status = cancellation.cancel(orderId);
                journal.append(new CancellationAnswered(order.key(), Instant.now(), orderId, status));
                if (status < 500) {
                    return;
                }
            } catch (IOException e) {
                // the effect is unknown; a retry is safe, because both outcomes of the order are valid
            }
        } while (retry.pause(Duration.ZERO));
    }

    /**
     * The pauses between the attempts of one client, with jitter. Without growing pauses, retries can overload a service that is recovering.
     */
    private final class Retry {

        private final long giveUpNanos = System.nanoTime() + clientTimeout.toNanos();
        private final SplittableRandom jitter;
        private Duration pause = FIRST_BACKOFF;

        Retry(PlannedOrder order) {
            this.jitter = new SplittableRandom(order.jitterSeed());
        }

        /**
         * Waits until the next attempt may be sent: for a pause, and for further ones while the budget has no retry.
         *
         * @param retryAfter what the response asked for; zero if nothing
         * @return false if the client's timeout expires before
         */
        boolean pause(Duration retryAfter) throws InterruptedException {
            do {
                Duration minimum =
                        policy.pauses() == Pauses.EAGER || retryAfter.compareTo(pause) < 0 ? pause : retryAfter;
                long nanos = minimum.toNanos() + jitter.nextLong(minimum.toNanos() / 2);
                if (System.nanoTime() + nanos - giveUpNanos > 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(nanos);
                pause = switch (policy.pauses()) {
                    case RETRY_AFTER -> shorter(minimum.multipliedBy(2), MAX_BACKOFF);
                    case EAGER -> pause;
                };
            } while (budget != null && !budget.tryRetry());
            return true;
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }
}
