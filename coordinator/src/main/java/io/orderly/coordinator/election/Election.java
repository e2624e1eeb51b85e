package io.orderly.coordinator.election;

import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;

/**
 * A named election. Its candidates are in the queue under {@code <name>/}. A leader proclaims a new value by
 * {@link QueueInput.Publish}, and resigns by {@link QueueInput.Leave}.
 */
public final class Election {

    private final QueueSettings settings;
    private final Bytes prefix;

    public Election(QueueSettings settings, String name) {
        this(settings, Bytes.utf8(name));
    }

    public Election(QueueSettings settings, Bytes name) {
        this.settings = settings;
        prefix = name.plus((byte) '/');
    }

    /**
     * Campaigns. The entry waits until it leads.
     *
     * @param lease of the candidate; when it ends, so does the candidacy
     * @param attempt unique among the attempts of the same lease. An attempt made while an earlier one waits or leads continues
     *     that one, and publishes its own value
     * @param value what observers receive if it leads
     */
    public QueueEntry campaign(long lease, long attempt, Bytes value, long nowNanos) {
        return new QueueEntry(settings, new QueueKey(prefix, lease, attempt), value, nowNanos, Long.MAX_VALUE);
    }

    /** Observes the leader from now on. */
    public LeaderObserver observe() {
        return new LeaderObserver(prefix);
    }
}
