package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Entry;

/**
 * What is replicated. The same entries lead to the same state and the same results, on every node.
 *
 * @param <R> what a client is told about its command
 */
public interface StateMachine<R> {

    /** @param entry the one after the last, of any kind of payload */
    R apply(Entry entry);

    /** @return the state after the last entry that was applied; never changed afterwards */
    byte[] snapshot();

    /** @param snapshot takes the place of the state */
    void restore(byte[] snapshot);
}
