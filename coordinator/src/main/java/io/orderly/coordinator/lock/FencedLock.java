package io.orderly.coordinator.lock;

import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;

/**
 * A lock by its name: whoever is at the head of the line under {@code <name>/} holds it. {@link QueueInput.Leave} unlocks, and can
 * come as late as it likes: it takes nothing away from a later holder.
 */
public final class FencedLock {

    private final QueueSettings settings;
    private final Bytes prefix;

    /** @param name not empty */
    public FencedLock(QueueSettings settings, String name) {
        this.settings = settings;
        prefix = Bytes.utf8(name + "/");
    }

    /**
     * An attempt to get the lock, which waits as long as it has to.
     *
     * @param lease by which the lock is held; when it ends, so does the lock
     * @param attempt unique among the attempts of the same lease. One that is made while an earlier one waits or holds goes on with
     *     that one's place and token, as for a client that lost its connection and asks again; to keep two of its own threads apart, a
     *     client needs two leases
     */
    public QueueEntry attempt(long lease, long attempt, long nowNanos) {
        return attempt(lease, attempt, nowNanos, Long.MAX_VALUE);
    }

    /**
     * An attempt that is given up at some time.
     *
     * @param deadlineNanos on the clock of {@link QueueInput.Tick}
     */
    public QueueEntry attempt(long lease, long attempt, long nowNanos, long deadlineNanos) {
        return new QueueEntry(settings, new QueueKey(prefix, lease, attempt), Bytes.EMPTY, nowNanos, deadlineNanos);
    }
}
