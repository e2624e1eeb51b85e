package io.orderly.lab.load;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import io.orderly.stack.events.HeaderText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Places the orders of a mix, at a rate that does not depend on how the system fares, and follows each to its end. A client
 * whose request fails sends the same request again until it has an answer or loses patience.
 *
 * <p>Phases are run one after the other, by one thread; orders of an earlier one may still be under way.
 */
public final class LoadGenerator implements AutoCloseable {

    /** How long before its time an order goes into the journal, so that the disk has no part in any latency. */
    private static final Duration AHEAD = Duration.ofMillis(250);

    private static final Duration SAMPLING = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration IDLE_POLL = Duration.ofMillis(1);

    private final OrderApi api;
    private final RequestTarget target;
    private final LoadObserver observer;
    private final OrderMix mix;
    private final long seed;
    private final Journal journal;
    private final Duration patience;
    private final TopicFollower follower;
    private final OrderTracker tracker = new OrderTracker();
    private final AtomicInteger requestsUnderWay = new AtomicInteger();
    private final AtomicInteger placedAndNotOver = new AtomicInteger();
    private volatile @Nullable PhaseRecorder current;
    private @Nullable Semaphore places;
    private long nextOrder;

    /** An order in the journal that waits for its time. */
    private record Upcoming(PlannedOrder order, long intendedNanos, CompletableFuture<Void> durable) {}

    /**
     * Places its orders where the shop's front end does, and tells nobody but its caller.
     *
     * @see #LoadGenerator(OrderApi, RequestTarget, LoadObserver, OrderMix, long, Journal, String, Duration)
     */
    public LoadGenerator(
            OrderApi api, OrderMix mix, long seed, Journal journal, String bootstrapServers, Duration patience) {
        this(api, api, LoadObserver.NONE, mix, seed, journal, bootstrapServers, patience);
    }

    /**
     * @param api where orders are cancelled
     * @param target where they are placed
     * @param seed of the times of arrival
     * @param bootstrapServers of the broker that carries the order events
     * @param patience how long a client goes on asking for an answer
     */
    public LoadGenerator(
            OrderApi api,
            RequestTarget target,
            LoadObserver observer,
            OrderMix mix,
            long seed,
            Journal journal,
            String bootstrapServers,
            Duration patience) {
        this.api = api;
        this.target = target;
        this.observer = observer;
        this.mix = mix;
        this.seed = seed;
        this.journal = journal;
        this.patience = patience;
        this.follower = TopicFollower.start(bootstrapServers, List.of(Topic.ORDER_EVENTS), this::heard);
    }

    /** The orders of one phase. */
    public static final class Run {

        private final PhaseRecorder recorder;
        private final Duration lasted;

        private Run(PhaseRecorder recorder, Duration lasted) {
            this.recorder = recorder;
            this.lasted = lasted;
        }

        /** What is known of them by now. */
        public PhaseResult result() {
            return recorder.result(lasted);
        }

        /** All that is known by now of how long its orders took to their end, in microseconds. */
        public Histogram toEndMicros() {
            return recorder.toEnd();
        }
    }

    /**
     * A request on its way.
     *
     * @param whenOver run once, when the order has come to something or the client has been told no or has given up
     */
    private record Passage(PlannedOrder order, long intendedNanos, PhaseRecorder recorder, Runnable whenOver) {}

    /** Returns when the phase is over; its last orders are then still under way. */
    public Run run(Phase phase) throws InterruptedException {
        var recorder = new PhaseRecorder(phase);
        var arrivals = new PoissonArrivals(phase.ordersPerSecond(), seed ^ nextOrder);
        current = recorder;
        long beginNanos = System.nanoTime() + AHEAD.toNanos();
        Instant begin = Instant.now().plus(AHEAD);
        long endNanos = beginNanos + phase.duration().toNanos();
        long nextNanos = beginNanos + arrivals.nextGapNanos();
        long nextSampleNanos = beginNanos;
        Queue<Upcoming> upcoming = new ArrayDeque<>();
        while (true) {
            long nowNanos = System.nanoTime();
            while (nextNanos - endNanos < 0 && nextNanos - nowNanos < AHEAD.toNanos()) {
                upcoming.add(announce(nextNanos, begin.plusNanos(nextNanos - beginNanos)));
                nextNanos += arrivals.nextGapNanos();
            }
            while (nextSampleNanos - nowNanos <= 0) {
                recorder.sampleInFlight(tracker.inFlight());
                nextSampleNanos += SAMPLING.toNanos();
            }
            Upcoming next = upcoming.peek();
            if (next != null && next.intendedNanos() - nowNanos <= 0) {
                upcoming.remove();
                next.durable().join();
                var passage = new Passage(next.order(), next.intendedNanos(), recorder, () -> {});
                Thread.ofVirtual().start(() -> carryOut(passage));
            } else if (endNanos - nowNanos <= 0 && next == null) {
                recorder.sampleInFlight(tracker.inFlight());
                return new Run(recorder, Duration.ofNanos(nowNanos - beginNanos));
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
     * Keeps so many orders on their way all through a phase: the next is placed when one is over. Returns when the phase is;
     * its last orders are then still under way and keep their places in the next phase. Latencies count from when an order
     * was placed, so those of a stalled system are fewer, not longer: compare what such a phase brings to an end.
     *
     * @param phase its rate does not matter
     * @param inFlight the same in each phase of a generator
     */
    public Run runInFlight(Phase phase, int inFlight) throws InterruptedException {
        Semaphore free = places == null ? new Semaphore(inFlight) : places;
        places = free;
        var recorder = new PhaseRecorder(phase);
        current = recorder;
        Queue<Upcoming> upcoming = new ArrayDeque<>();
        long beginNanos = System.nanoTime();
        long endNanos = beginNanos + phase.duration().toNanos();
        long nextSampleNanos = beginNanos;
        while (true) {
            while (upcoming.size() < inFlight) {
                upcoming.add(announce(System.nanoTime(), Instant.now()));
            }
            long nowNanos = System.nanoTime();
            while (nextSampleNanos - nowNanos <= 0) {
                recorder.sampleInFlight(tracker.inFlight());
                nextSampleNanos += SAMPLING.toNanos();
            }
            if (endNanos - nowNanos <= 0) {
                return new Run(recorder, Duration.ofNanos(nowNanos - beginNanos));
            }
            long waitNanos = Math.min(nextSampleNanos, endNanos) - nowNanos;
            if (free.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                Upcoming next = upcoming.remove();
                next.durable().join();
                var passage = new Passage(next.order(), System.nanoTime(), recorder, free::release);
                Thread.ofVirtual().start(() -> carryOut(passage));
            }
        }
    }

    /** Places orders with nothing else going on: each one after the one before has ended. */
    public Run runOneByOne(String name, int orders) throws InterruptedException {
        var recorder = new PhaseRecorder(new Phase(name, 0, Duration.ZERO));
        current = recorder;
        long beginNanos = System.nanoTime();
        for (int i = 0; i < orders; i++) {
            Upcoming order = announce(System.nanoTime(), Instant.now());
            order.durable().join();
            carryOut(new Passage(order.order(), System.nanoTime(), recorder, () -> {}));
            while (tracker.inFlight() > 0) {
                Thread.sleep(IDLE_POLL);
            }
        }
        return new Run(recorder, Duration.ofNanos(System.nanoTime() - beginNanos));
    }

    /**
     * Waits until every request has its answer and every order has ended or been parked.
     *
     * @return whether that is so; otherwise the time was up
     */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (requestsUnderWay.get() > 0 || tracker.inFlight() > 0) {
            if (System.nanoTime() - giveUpNanos > 0) {
                return false;
            }
            Thread.sleep(IDLE_POLL);
        }
        return true;
    }

    /** How many orders are placed, and have neither come to something nor been given up by their client. */
    public int placedAndNotOver() {
        return placedAndNotOver.get();
    }

    /** How many orders are accepted and have neither ended nor been parked, as far as is known here. */
    public int inFlight() {
        return tracker.inFlight();
    }

    @Override
    public void close() {
        follower.close();
    }

    private Upcoming announce(long intendedNanos, Instant intended) {
        PlannedOrder order = mix.order(nextOrder++);
        var attempt = new Attempted(order.key(), intended, order.scenario(), order.bodySha256());
        return new Upcoming(order, intendedNanos, journal.append(attempt));
    }

    private void carryOut(Passage passage) {
        PlannedOrder order = passage.order();
        requestsUnderWay.incrementAndGet();
        placedAndNotOver.incrementAndGet();
        try {
            passage.recorder().sent(System.nanoTime() - passage.intendedNanos());
            observer.sent(passage.intendedNanos());
            OrderResponse answer = place(passage);
            if (answer == null || answer.orderId() == null && answer.outcome() == null) {
                over(passage);
            } else if (answer.orderId() != null && order.scenario() == OrderScenario.CANCELLED_AT_ONCE) {
                Thread.sleep(order.cancelAfter());
                cancel(order, answer.orderId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            requestsUnderWay.decrementAndGet();
        }
    }

    /** @return null if the client lost patience */
    private @Nullable OrderResponse place(Passage passage) throws InterruptedException {
        PlannedOrder order = passage.order();
        PhaseRecorder recorder = passage.recorder();
        var retry = new Retry();
        Duration askedFor;
        do {
            askedFor = Duration.ZERO;
            try {
                OrderResponse answer = target.send(order);
                long nowNanos = System.nanoTime();
                journal.append(new Answered(order.key(), Instant.now(), answer));
                if (answer.outcome() != null) {
                    accepted(passage, nowNanos);
                    ended(passage, nowNanos, answer.outcome(), nowNanos);
                    return answer;
                }
                if (answer.orderId() != null) {
                    accepted(passage, nowNanos);
                    tracker.accepted(
                            answer.orderId(), (outcome, atNanos) -> ended(passage, nowNanos, outcome, atNanos));
                    return answer;
                }
                if (!answer.mayChange()) {
                    recorder.refused();
                    return answer;
                }
                askedFor = answer.retryAfter();
            } catch (IOException e) {
                journal.append(new Unanswered(order.key(), Instant.now(), e.toString()));
            }
            recorder.repeated();
            observer.turnedAway(passage.intendedNanos());
        } while (retry.pause(askedFor));
        recorder.unanswered();
        return null;
    }

    private void accepted(Passage passage, long atNanos) {
        passage.recorder().accepted(atNanos - passage.intendedNanos());
        observer.accepted(passage.intendedNanos(), atNanos);
    }

    private void ended(Passage passage, long acceptedNanos, OrderOutcome outcome, long atNanos) {
        passage.recorder().ended(outcome, atNanos - passage.intendedNanos(), atNanos - acceptedNanos);
        PhaseRecorder meanwhile = current;
        if (meanwhile != null) {
            meanwhile.endedMeanwhile();
        }
        observer.ended(outcome, passage.intendedNanos(), atNanos);
        over(passage);
    }

    private void over(Passage passage) {
        placedAndNotOver.decrementAndGet();
        passage.whenOver().run();
    }

    private void cancel(PlannedOrder order, OrderId orderId) throws InterruptedException {
        var retry = new Retry();
        do {
            try {
                int status = api.cancel(orderId);
                journal.append(new CancellationAnswered(order.key(), Instant.now(), orderId, status));
                if (status < 500) {
                    return;
                }
            } catch (IOException e) {
                // whether it took effect shows in the end, and either is right; so it may be asked again
            }
        } while (retry.pause(Duration.ZERO));
    }

    private void heard(ConsumerRecord<String, byte[]> event, long atNanos) {
        String type = HeaderText.of(event, MessageHeaders.TYPE);
        Optional<OrderOutcome> outcome = type == null ? Optional.empty() : OrderOutcome.of(type);
        if (outcome.isPresent() && event.key() != null) {
            try {
                tracker.ended(OrderId.of(event.key()), outcome.get(), atNanos);
            } catch (IllegalArgumentException notOfAnOrder) {
                // anyone may write to the topic; it is no end of an order of this load
            }
        }
    }

    /**
     * A client's patience. It stays away for as long as the service asks, and each time for longer; otherwise those that were
     * refused would be the load that keeps the service from coming back. A random part keeps them from coming all at once.
     */
    private final class Retry {

        private final long giveUpNanos = System.nanoTime() + patience.toNanos();
        private Duration pause = FIRST_PAUSE;

        /**
         * @param askedFor how long the service wants to be left alone, at least
         * @return whether there is patience for another try
         */
        boolean pause(Duration askedFor) throws InterruptedException {
            Duration longer = pause.compareTo(askedFor) > 0 ? pause : askedFor;
            long nanos = longer.toNanos() + ThreadLocalRandom.current().nextLong(longer.toNanos() / 2);
            if (System.nanoTime() + nanos - giveUpNanos > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(nanos);
            pause = longer.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            return true;
        }
    }
}
