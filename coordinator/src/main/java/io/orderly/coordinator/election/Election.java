package io.orderly.coordinator.election;

import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;

/**
 * An election by its name. The candidates stand in the line under {@code <name>/}. One that leads proclaims a new value by {@link
 * QueueInput.Publish}, and resigns by {@link QueueInput.Leave}.
 */
public final class Election {

    private final QueueSettings settings;
    private final Bytes prefix;

    /** @param name not empty */
    public Election(QueueSettings settings, String name) {
        this.settings = settings;
        prefix = Bytes.utf8(name + "/");
    }

    /**
     * A candidacy. It waits until it leads.
     *
     * @param lease by which it stands and leads; when it ends, so does the candidacy
     * @param attempt unique among the attempts of the same lease. One that is made while an earlier one stands or leads goes on with
     *     that, and publishes its own value
     * @param value what followers are told if it leads
     */
    public QueueEntry campaign(long lease, long attempt, Bytes value, long nowNanos) {
        return new QueueEntry(settings, new QueueKey(prefix, lease, attempt), value, nowNanos, Long.MAX_VALUE);
    }

    /** Follows who leads, from now on. */
    public LeaderObserver observe() {
        return new LeaderObserver(prefix);
    }
}
