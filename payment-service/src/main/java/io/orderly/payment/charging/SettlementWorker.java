package io.orderly.payment.charging;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Settles open payments with the provider, each on its own virtual thread. An {@link OutcomeCommitter} commits the outcomes.
 *
 * <p>Payments reach it in two ways. Payments that were just committed are passed to {@link #settle}, already claimed
 * and without another query. All others (left by a crash, postponed after a failure, or above the limit) are claimed by
 * a sweep. While the breaker is open, both ways are closed: payments wait in the database, and the breaker's state
 * change triggers the next sweep.
 *
 * <p>Safe for use by many threads, and by many instances on one database.
 */
@Component
class SettlementWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SettlementWorker.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final PaymentClaimer claimer;
    private final PaymentProvider provider;
    private final ProviderGuard guard;
    private final OutcomeCommitter committer;
    private final MessageTraces traces;
    private final PaymentProperties properties;
    private final SettlementSettings settings;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Executor executor =
            task -> Thread.ofVirtual().name("settle-payment").start(task);

    private final AtomicBoolean backlog = new AtomicBoolean();
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread sweeper;

    SettlementWorker(
            Payments payments,
            PaymentClaimer claimer,
            PaymentProvider provider,
            ProviderGuard guard,
            SettlementRecorder recorder,
            MessageTraces traces,
            PaymentProperties properties,
            SettlementSettings settings,
            MeterRegistry meters) {
        this.claimer = claimer;
        this.provider = provider;
        this.guard = guard;
        this.committer = new OutcomeCommitter(properties, recorder::record, this::wakeForBacklog);
        this.traces = traces;
        this.properties = properties;
        this.settings = settings;
        guard.onPermitChange(this::wake);
        Gauge.builder("orderly.payments.open", payments, Payments::countOpen)
                .description("Payments that wait for an answer of the provider")
                .register(meters);
        Gauge.builder("orderly.payments.under.way", committer, OutcomeCommitter::underWay)
                .description("Payments that this instance is settling")
                .register(meters);
    }

    /** Whether payments committed now would be settled immediately; if not, they are to be left to the sweep. */
    boolean hasCapacity() {
        return running && guard.permits() == Integer.MAX_VALUE && committer.underWay() < settings.maxUnderWay();
    }

    /** Starts the settlement of payments that the caller has claimed and committed. */
    void settle(List<SettlementAttempt> attempts) {
        for (var attempt : attempts) {
            committer.begin();
            executor.execute(() -> execute(attempt));
        }
    }

    /** Records that payments were committed without a claim, and triggers a sweep. */
    void leaveToSweep() {
        backlog.set(true);
        wake();
    }

    private void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void wakeForBacklog() {
        if (backlog.get()) {
            wake();
        }
    }

    private void execute(SettlementAttempt attempt) {
        committer.add(outcomeOf(attempt));
    }

    private SettlementOutcome outcomeOf(SettlementAttempt attempt) {
        var mayHaveReachedProvider = new AtomicBoolean(attempt.mayHaveReachedProvider());
        var requestSent = new AtomicBoolean();
        try {
            ProviderAnswer answer = guard.call(() -> {
                requestSent.set(true);
                return callInTrace(attempt, mayHaveReachedProvider.getAndSet(true));
            });
            return new SettlementOutcome.Answered(attempt, answer);
        } catch (CallNotPermittedException | BulkheadFullException e) {
            return new SettlementOutcome.Unknown(
                    attempt,
                    requestSent.get() ? attempt.number() : attempt.number() - 1,
                    settings.backOff().after(attempt.number(), random));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(attempt, e);
        } catch (RequestRefusedException e) {
            log.error("The provider rejected the request for {}; it will be retried", attempt.paymentId(), e);
            return unknown(attempt, e);
        } catch (Exception e) {
            return unknown(attempt, e);
        }
    }

    private ProviderAnswer callInTrace(SettlementAttempt attempt, boolean lookUpFirst) {
        return traces.inSpan("payment settle", attempt.traceParent(), () -> attempt.execute(provider, lookUpFirst));
    }

    private SettlementOutcome unknown(SettlementAttempt attempt, Exception cause) {
        log.debug("The outcome of {} is unknown after attempt {}", attempt.paymentId(), attempt.number(), cause);
        return new SettlementOutcome.Unknown(
                attempt, attempt.number(), settings.backOff().after(attempt.number(), random));
    }

    @Override
    public void start() {
        running = true;
        sweeper = Thread.ofPlatform().name("payment-sweep").daemon().start(this::sweepUntilStopped);
        committer.start();
    }

    private void sweepUntilStopped() {
        try {
            while (running) {
                try {
                    sweep();
                } catch (RuntimeException e) {
                    log.warn("Search for due payments failed, will retry: {}", e.toString());
                }
                if (wakeUps.tryAcquire(properties.sweepInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        int capacity;
        while (running && (capacity = Math.min(guard.permits(), settings.maxUnderWay() - committer.underWay())) > 0) {
            var claimed = claimer.claimDue(capacity);
            settle(claimed);
            if (claimed.size() < capacity) {
                backlog.set(false);
                return;
            }
            if (guard.permits() != Integer.MAX_VALUE) {
                return;
            }
        }
        backlog.set(true);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        join(sweeper);
        join(committer.stop());
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null && !thread.join(STOP_TIMEOUT)) {
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
