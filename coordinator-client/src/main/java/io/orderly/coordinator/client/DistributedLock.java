package io.orderly.coordinator.client;

import io.orderly.coordinator.lock.FencedLock;
import io.orderly.coordinator.queue.EndReason;
import io.orderly.coordinator.queue.QueueSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A named lock. Waiting clients acquire it in the order of their requests. Each acquisition has a lease of its own, so two threads of one
 * client exclude each other as two clients do; it is not reentrant. Thread-safe.
 *
 * <p>If a holder is paused for longer than its lease, another client acquires the lock while the first one still assumes that it holds it.
 * So each use of the guarded resource must pass the {@linkplain HeldLock#token() fencing token}, and the resource must refuse an older one;
 * {@link io.orderly.coordinator.client.fencing.FencingGuard} does so in PostgreSQL.
 */
public final class DistributedLock {

    private final Contest contest;
    private final FencedLock lock;

    DistributedLock(Contest contest, String name) {
        this.contest = contest;
        lock = new FencedLock(QueueSettings.DEFAULTS, name);
    }

    /**
     * Waits for the lock.
     *
     * @param onLost called once if the lock is lost before it is closed; a tenth of the lease's time before another client can acquire it
     * @return empty if it was not acquired before the timeout; the attempt leaves no key behind
     * @throws InterruptedException if the thread is interrupted; the attempt leaves no key behind
     * @throws CoordinatorException if no member answered until the timeout, or the lock was refused
     */
    public Optional<HeldLock> tryAcquire(Duration timeout, Runnable onLost) throws InterruptedException {
        long deadlineNanos = now() + timeout.toNanos();
        Acquisition acquisition = new Acquisition(onLost);
        Contest.Attempt attempt = enter(timeout, acquisition);
        boolean acquired = false;
        try {
            FencingToken token = acquisition.token.get(Math.max(0, deadlineNanos - now()), TimeUnit.NANOSECONDS);
            acquired = attempt.lease().isValid();
            return acquired ? Optional.of(new HeldLock(token, attempt, acquisition.loss)) : Optional.empty();
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new CoordinatorException(String.valueOf(e.getCause().getMessage()));
        } finally {
            if (!acquired) {
                contest.loop().fork(attempt::end);
            }
        }
    }

    private Contest.Attempt enter(Duration timeout, Acquisition acquisition) throws InterruptedException {
        try {
            return contest.enter(lease -> lock.attempt(lease, 1, now()), timeout, acquisition);
        } catch (CoordinatorException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted while a lease was granted");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    /** As {@link #tryAcquire(Duration, Runnable)}, for a holder that polls {@link HeldLock#isHeld}. */
    public Optional<HeldLock> tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(timeout, () -> {});
    }

    private long now() {
        return contest.environment().nanoTime().getAsLong();
    }

    /** Waits for the result, and later for the loss. */
    private final class Acquisition implements Contender.Listener {

        private final CompletableFuture<FencingToken> token = new CompletableFuture<>();
        private final HeldLock.Loss loss;

        Acquisition(Runnable onLost) {
            loss = new HeldLock.Loss(() -> contest.loop().fork(onLost));
        }

        @Override
        public void acquired(FencingToken acquired) {
            token.complete(acquired);
        }

        @Override
        public void ended(EndReason reason) {
            if (!token.completeExceptionally(new IllegalStateException("the lock was not acquired: " + reason))) {
                loss.happened();
            }
        }
    }
}
