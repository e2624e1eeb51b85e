package io.orderly.coordinator.lock;

import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;

/**
 * A named lock: the head of the queue under {@code <name>/} holds it. {@link QueueInput.Leave} unlocks; a late unlock does not
 * affect a later holder.
 */
public final class FencedLock {

    private final QueueSettings settings;
    private final Bytes prefix;

    public FencedLock(QueueSettings settings, String name) {
        this(settings, Bytes.utf8(name));
    }

    public FencedLock(QueueSettings settings, Bytes name) {
        this.settings = settings;
        prefix = name.plus((byte) '/');
    }

    /**
     * An attempt to acquire the lock, without a deadline.
     *
     * @param lease of the holder; when it ends, the lock is released
     * @param attempt unique among the attempts of the same lease. An attempt made while an earlier one waits or holds the lock
     *     continues with its place and token, for instance after a lost connection; to exclude two threads of one client from each
     *     other, it needs two leases
     */
    public QueueEntry attempt(long lease, long attempt, long nowNanos) {
        return attempt(lease, attempt, nowNanos, Long.MAX_VALUE);
    }

    /**
     * An attempt with a deadline.
     *
     * @param deadlineNanos on the clock of {@link QueueInput.Tick}
     */
    public QueueEntry attempt(long lease, long attempt, long nowNanos, long deadlineNanos) {
        return new QueueEntry(settings, new QueueKey(prefix, lease, attempt), Bytes.EMPTY, nowNanos, deadlineNanos);
    }
}
