package io.orderly.lab.fault.proxy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Applies the network conditions to one direction of a link, for all its connections. */
final class TrafficShaper {

    private static final int SLICES_PER_SECOND = 20;
    private static final int MAX_RETRANSMISSIONS = 6;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SplittableRandom random;
    private LinkConditions conditions = LinkConditions.UNIMPAIRED;
    private long freeAtNanos = System.nanoTime();

    final LongAdder delayed = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder held = new LongAdder();
    final LongAdder slowed = new LongAdder();

    TrafficShaper(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Takes effect immediately, also for queued packets. */
    void set(LinkConditions conditions) {
        lock.lock();
        try {
            this.conditions = conditions;
            freeAtNanos = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a packet is due to arrive. */
    void await(long sentAtNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            LinkConditions applied = null;
            long dueNanos = 0;
            while (true) {
                if (applied != conditions) {
                    applied = conditions;
                    dueNanos = sentAtNanos + drawDelayNanos(applied);
                }
                if (applied.cut()) {
                    changed.await();
                    continue;
                }
                long waitNanos = dueNanos - System.nanoTime();
                if (waitNanos <= 0) {
                    return;
                }
                var _ = changed.awaitNanos(waitNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private long drawDelayNanos(LinkConditions applied) {
        long nanos = applied.delay().toNanos();
        if (applied.cut()) {
            held.increment();
        }
        if (!applied.jitter().isZero()) {
            nanos += random.nextLong(
                    -applied.jitter().toNanos(), applied.jitter().toNanos() + 1);
        }
        if (nanos > 0) {
            delayed.increment();
        }
        Duration timeout = LinkConditions.RETRANSMISSION;
        for (int i = 0; i < MAX_RETRANSMISSIONS && random.nextDouble() < applied.loss(); i++) {
            lost.increment();
            nanos += timeout.toNanos();
            timeout = timeout.multipliedBy(2);
        }
        return Math.max(0, nanos);
    }

    /**
     * Waits until the bandwidth allows some bytes to be sent.
     *
     * @return the number of bytes, from 1 to {@code wanted}
     */
    int awaitBandwidth(int wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long rate = conditions.bytesPerSecond();
                if (rate == 0) {
                    return wanted;
                }
                long waitNanos = freeAtNanos - System.nanoTime();
                if (waitNanos <= 0) {
                    int allowed = Math.clamp(rate / SLICES_PER_SECOND, 1, wanted);
                    freeAtNanos =
                            System.nanoTime() + allowed * Duration.ofSeconds(1).toNanos() / rate;
                    slowed.increment();
                    return allowed;
                }
                var _ = changed.awaitNanos(waitNanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
