package io.orderly.lab.fault.proxy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a link: makes what all its connections send wait for as long as the conditions ask. */
final class TrafficShaper {

    private static final int SLICES_PER_SECOND = 20;
    private static final int MOST_RETRANSMISSIONS = 6;

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

    /** Takes effect at once, also for what waits already. */
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

    /** Waits for a packet's time to arrive, where each waits its turn. */
    void await(long sentAtNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            LinkConditions present = null;
            long dueNanos = 0;
            while (true) {
                if (present != conditions) {
                    present = conditions;
                    dueNanos = sentAtNanos + draw(present);
                }
                if (present.cut()) {
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

    private long draw(LinkConditions present) {
        long nanos = present.delay().toNanos();
        if (present.cut()) {
            held.increment();
        }
        if (!present.jitter().isZero()) {
            nanos += random.nextLong(
                    -present.jitter().toNanos(), present.jitter().toNanos() + 1);
        }
        if (nanos > 0) {
            delayed.increment();
        }
        Duration again = LinkConditions.RETRANSMISSION;
        for (int i = 0; i < MOST_RETRANSMISSIONS && random.nextDouble() < present.loss(); i++) {
            lost.increment();
            nanos += again.toNanos();
            again = again.multipliedBy(2);
        }
        return Math.max(0, nanos);
    }

    /**
     * Waits until some bytes fit through.
     *
     * @return how many, from 1 to {@code wanted}
     */
    int awaitRoom(int wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long rate = conditions.bytesPerSecond();
                if (rate == 0) {
                    return wanted;
                }
                long waitNanos = freeAtNanos - System.nanoTime();
                if (waitNanos <= 0) {
                    int room = Math.clamp(rate / SLICES_PER_SECOND, 1, wanted);
                    freeAtNanos =
                            System.nanoTime() + room * Duration.ofSeconds(1).toNanos() / rate;
                    slowed.increment();
                    return room;
                }
                var _ = changed.awaitNanos(waitNanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
