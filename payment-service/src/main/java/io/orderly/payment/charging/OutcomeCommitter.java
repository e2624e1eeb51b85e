package io.orderly.payment.charging;

import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.throttling.BatchThrottle;
import io.orderly.payment.PaymentProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the outcomes of settlements, in batches and on one thread. While several payments are under way, commits begin at most once per
 * {@link PaymentProperties#pace}, so that outcomes share transactions.
 */
final class OutcomeCommitter {

    private static final Logger log = LoggerFactory.getLogger(OutcomeCommitter.class);

    private final PaymentProperties properties;
    private final Consumer<List<SettlementOutcome>> recorder;
    private final Runnable onCommit;
    private final BatchThrottle throttle;
    private final AtomicInteger underWay = new AtomicInteger();
    private final BlockingQueue<SettlementOutcome> finished = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private @Nullable Thread thread;

    /**
     * @param recorder records outcomes in one transaction, or throws
     * @param onCommit called after each commit, when there may be capacity for others
     */
    OutcomeCommitter(PaymentProperties properties, Consumer<List<SettlementOutcome>> recorder, Runnable onCommit) {
        this.properties = properties;
        this.recorder = recorder;
        this.onCommit = onCommit;
        this.throttle = new BatchThrottle(properties.pace());
    }

    /** The number of payments whose settlement has begun and whose outcome has not been committed. */
    int underWay() {
        return underWay.get();
    }

    /** The settlement of a payment begins; its outcome will be added. */
    void begin() {
        underWay.incrementAndGet();
    }

    void add(SettlementOutcome outcome) {
        finished.add(outcome);
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().name("payment-outcomes").daemon().start(this::commitUntilStopped);
    }

    /**
     * Lets the thread end as soon as no payment is under way.
     *
     * @return the thread; null if it was not started
     */
    @Nullable Thread stop() {
        running = false;
        return thread;
    }

    private void commitUntilStopped() {
        try {
            while (running || underWay.get() > 0) {
                SettlementOutcome first =
                        finished.poll(properties.sweepInterval().toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    commitWith(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitWith(SettlementOutcome first) throws InterruptedException {
        long startNanos = System.nanoTime();
        int inSettlement = underWay.get();
        var batch = new ArrayList<SettlementOutcome>();
        batch.add(first);
        finished.drainTo(batch, properties.maxOutcomesPerCommit() - 1);
        commit(batch);
        underWay.addAndGet(-batch.size());
        onCommit.run();
        throttle.pauseSince(startNanos, inSettlement);
    }

    /**
     * An outcome that cannot be committed is dropped: its claim expires, and the next attempt looks the key up at the
     * provider.
     */
    private void commit(List<SettlementOutcome> batch) {
        try {
            recorder.accept(batch);
        } catch (RuntimeException e) {
            if (batch.size() == 1 || TransientFailures.isTransient(e)) {
                log.warn("Commit of {} outcomes failed; the provider will be asked for them again", batch.size(), e);
            } else {
                batch.forEach(each -> commit(List.of(each)));
            }
        }
    }
}
