package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.StoreRefusal;

/** Why nobody stands at a {@link Place} any more. */
public sealed interface Ending {

    /** As its client wished. The key is gone. */
    record Left() implements Ending {}

    /** The time that the client would wait is over. The key is gone. */
    record TimedOut() implements Ending {}

    /**
     * The lease has ended, and the key with it, or somebody deleted the key, as a later attempt of the same lease does when it is given
     * up: another may be at the head by now.
     */
    record SessionEnded() implements Ending {}

    /** The store would not take the key. */
    record Rejected(StoreRefusal refusal) implements Ending {}
}
