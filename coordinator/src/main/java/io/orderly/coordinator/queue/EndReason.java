package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.StoreRefusal;

/** Why nobody stands at a {@link QueueEntry} any more. */
public sealed interface EndReason {

    /** As its client wished. The key is gone. */
    record Left() implements EndReason {}

    /** The time that the client would wait is over. The key is gone. */
    record TimedOut() implements EndReason {}

    /**
     * The lease has ended, and the key with it, or somebody deleted the key, as a later attempt of the same lease does when it is given
     * up: another may be at the head by now.
     */
    record SessionEnded() implements EndReason {}

    /** The store would not take the key. */
    record Rejected(StoreRefusal refusal) implements EndReason {}
}
