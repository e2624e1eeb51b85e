package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.DistributedLock;
import io.orderly.coordinator.client.FencingToken;
import io.orderly.coordinator.client.HeldLock;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the coordinator as a {@link Lock}: reentrant, and owned by a thread. Threads of this application exclude each other by a local
 * lock first, so that only one of them waits in the coordinator's queue.
 */
public final class CoordinatorLock implements Lock {

    /** How long {@link #tryLock()} waits: the acquisition of a free lock takes some exchanges with the members. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final Duration ATTEMPT = Duration.ofMinutes(1);

    private final DistributedLock lock;
    private final ReentrantLock local = new ReentrantLock();
    /** Null unless a thread has the local lock and this one. Guarded by the local lock. */
    private @Nullable HeldLock held;

    private volatile long usedNanos = System.nanoTime();

    CoordinatorLock(DistributedLock lock) {
        this.lock = lock;
    }

    /** Waits for the lock, also if the thread is interrupted. */
    @Override
    public void lock() {
        boolean interrupted = false;
        while (true) {
            try {
                lockInterruptibly();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        while (!tryLock(ATTEMPT)) {
            usedNanos = System.nanoTime();
        }
    }

    /** Tries for a second. */
    @Override
    public boolean tryLock() {
        try {
            return tryLock(AT_ONCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return tryLock(Duration.of(time, unit.toChronoUnit()));
    }

    private boolean tryLock(Duration timeout) throws InterruptedException {
        usedNanos = System.nanoTime();
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!local.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        if (local.getHoldCount() > 1) {
            return true;
        }
        boolean acquired = false;
        try {
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            held = lock.tryAcquire(left).orElse(null);
            acquired = held != null;
            return acquired;
        } finally {
            if (!acquired) {
                local.unlock();
            }
        }
    }

    /**
     * Releases the lock once it was unlocked as often as it was locked.
     *
     * @throws IllegalMonitorStateException if the thread does not hold it
     * @throws ConcurrentModificationException if it was lost before: another holder may have used the guarded resource. It is released
     */
    @Override
    public void unlock() {
        if (!local.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("the thread does not hold the lock");
        }
        HeldLock releasing = local.getHoldCount() == 1 ? held : null;
        try {
            if (releasing != null) {
                held = null;
                boolean kept = releasing.isHeld();
                releasing.close();
                if (!kept) {
                    throw new ConcurrentModificationException(
                            "the lock with token %s was lost while it was held".formatted(releasing.token()));
                }
            }
        } finally {
            usedNanos = System.nanoTime();
            local.unlock();
        }
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a distributed lock has no conditions");
    }

    Optional<FencingToken> token() {
        HeldLock mine = local.isHeldByCurrentThread() ? held : null;
        return mine != null && mine.isHeld() ? Optional.of(mine.token()) : Optional.empty();
    }

    boolean isUnusedFor(long ageMillis) {
        return !local.isLocked()
                && !local.hasQueuedThreads()
                && System.nanoTime() - usedNanos > TimeUnit.MILLISECONDS.toNanos(ageMillis);
    }
}
