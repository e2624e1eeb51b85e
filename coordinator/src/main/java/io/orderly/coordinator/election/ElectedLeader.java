package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyValue;

/**
 * The leader of an election.
 *
 * @param head its key in the queue, as it was last changed
 */
public record ElectedLeader(KeyValue head) {

    public Bytes key() {
        return head.key();
    }

    /** Increases from each leader to the next. */
    public long token() {
        return head.createRevision();
    }

    /** The value that it proclaimed. */
    public Bytes value() {
        return head.value();
    }
}
