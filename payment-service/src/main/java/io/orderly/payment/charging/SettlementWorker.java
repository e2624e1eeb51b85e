package io.orderly.payment.charging;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Settles open payments with the provider, each on a virtual thread of its own, and commits what comes of it together.
 *
 * <p>There are two ways in. Payments that were just committed are handed over by {@link #take}, already claimed and without
 * another look at the database. All others (left by a crash, put off after a failure, or too many at the time) are claimed
 * by a sweep. While the breaker is open neither way is: payments wait in the database, and the breaker wakes the sweep.
 *
 * <p>Safe for use by many threads, and by many instances on one database.
 */
@Component
class SettlementWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SettlementWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PaymentClaimer claims;
    private final PaymentProvider provider;
    private final ProviderGuard guard;
    private final SettlementRecorder outcomes;
    private final MessageTraces traces;
    private final PaymentProperties settings;
    private final BackOff backOff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Executor errands =
            task -> Thread.ofVirtual().name("settle-payment").start(task);

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean moreIsWaiting = new AtomicBoolean();
    private final Semaphore wakeUps = new Semaphore(0);
    private final BlockingQueue<SettlementOutcome> ended = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private @Nullable Thread sweeper;
    private @Nullable Thread committer;

    SettlementWorker(
            Payments payments,
            PaymentClaimer claims,
            PaymentProvider provider,
            ProviderGuard guard,
            SettlementRecorder outcomes,
            MessageTraces traces,
            PaymentProperties settings,
            MeterRegistry meters) {
        this.claims = claims;
        this.provider = provider;
        this.guard = guard;
        this.outcomes = outcomes;
        this.traces = traces;
        this.settings = settings;
        this.backOff = new BackOff(settings.retryDelay(), settings.longestRetryDelay());
        guard.onChange(this::wake);
        Gauge.builder("orderly.payments.open", payments, Payments::countOpen)
                .description("payments that wait for the provider's answer")
                .register(meters);
        Gauge.builder("orderly.payments.under.way", underWay, AtomicInteger::get)
                .description("payments that this instance is settling")
                .register(meters);
    }

    /** Whether payments committed now would be settled at once; if not, they are to be left for the sweep. */
    boolean hasRoom() {
        return running && guard.permits() == Integer.MAX_VALUE && underWay.get() < settings.maxUnderWay();
    }

    /** Sets out for payments that the caller has committed as claimed. */
    void take(List<SettlementAttempt> fresh) {
        for (var errand : fresh) {
            underWay.incrementAndGet();
            errands.execute(() -> run(errand));
        }
    }

    /** Notes that payments were committed that nobody has claimed. */
    void leave() {
        moreIsWaiting.set(true);
        wake();
    }

    private void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void run(SettlementAttempt errand) {
        ended.add(outcomeOf(errand));
    }

    private SettlementOutcome outcomeOf(SettlementAttempt errand) {
        var asked = new AtomicBoolean(errand.mayHaveBeenAsked());
        var askedNow = new AtomicBoolean();
        try {
            ProviderAnswer answer = guard.call(() -> {
                askedNow.set(true);
                return inItsTrace(errand, asked.getAndSet(true));
            });
            return new SettlementOutcome.Answered(errand, answer);
        } catch (CallNotPermittedException | BulkheadFullException e) {
            return new SettlementOutcome.Unknown(
                    errand,
                    askedNow.get() ? errand.attempt() : errand.attempt() - 1,
                    backOff.after(errand.attempt(), random));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inVain(errand, e);
        } catch (RequestRefusedException e) {
            log.error("The provider refuses the request about {}, trying again later", errand.paymentId(), e);
            return inVain(errand, e);
        } catch (Exception e) {
            return inVain(errand, e);
        }
    }

    private ProviderAnswer inItsTrace(SettlementAttempt errand, boolean lookUpFirst) {
        var answer = new ArrayList<ProviderAnswer>(1);
        traces.inSpan("payment settle", errand.traceParent(), () -> answer.add(errand.run(provider, lookUpFirst)));
        return answer.getFirst();
    }

    private SettlementOutcome inVain(SettlementAttempt errand, Exception cause) {
        log.debug("What became of {} is unknown after attempt {}", errand.paymentId(), errand.attempt(), cause);
        return new SettlementOutcome.Unknown(errand, errand.attempt(), backOff.after(errand.attempt(), random));
    }

    @Override
    public void start() {
        running = true;
        sweeper = Thread.ofPlatform().name("payment-sweep").daemon().start(this::sweepUntilStopped);
        committer = Thread.ofPlatform().name("payment-outcomes").daemon().start(this::commitUntilStopped);
    }

    private void sweepUntilStopped() {
        try {
            while (running) {
                try {
                    sweep();
                } catch (RuntimeException e) {
                    log.warn("Open payments could not be looked for, trying again: {}", e.toString());
                }
                if (wakeUps.tryAcquire(settings.sweepInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        int room;
        while (running && (room = Math.min(guard.permits(), settings.maxUnderWay() - underWay.get())) > 0) {
            var claimed = claims.take(room);
            take(claimed);
            if (claimed.size() < room) {
                moreIsWaiting.set(false);
                return;
            }
            if (guard.permits() != Integer.MAX_VALUE) {
                return;
            }
        }
        moreIsWaiting.set(true);
    }

    private void commitUntilStopped() {
        try {
            while (running || underWay.get() > 0) {
                var batch = new ArrayList<SettlementOutcome>();
                var first = ended.poll(settings.sweepInterval().toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                ended.drainTo(batch, settings.maxOutcomesPerCommit() - 1);
                commit(batch);
                underWay.addAndGet(-batch.size());
                if (moreIsWaiting.get()) {
                    wake();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be committed is forgotten here: its claim runs out, and whoever takes it up next looks the key up. */
    private void commit(List<SettlementOutcome> batch) {
        try {
            outcomes.commit(batch);
        } catch (RuntimeException e) {
            if (batch.size() == 1 || TransientFailures.isTransient(e)) {
                log.warn("{} outcomes could not be committed, they will be asked for again", batch.size(), e);
            } else {
                batch.forEach(each -> commit(List.of(each)));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        wake();
        join(sweeper);
        join(committer);
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null && !thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
