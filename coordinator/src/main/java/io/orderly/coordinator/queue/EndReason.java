package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.StoreRefusal;

/** Why a {@link QueueEntry} has ended. */
public sealed interface EndReason {

    /** The client left. The key is deleted. */
    record Left() implements EndReason {}

    /** The deadline of the client has passed. The key is deleted. */
    record TimedOut() implements EndReason {}

    /**
     * The lease has ended, and the key with it; or another client deleted the key, as a later attempt of the same lease does when
     * it ends. Another entry may be at the head by now.
     */
    record SessionEnded() implements EndReason {}

    /** The store refused the key. */
    record Rejected(StoreRefusal refusal) implements EndReason {}
}
