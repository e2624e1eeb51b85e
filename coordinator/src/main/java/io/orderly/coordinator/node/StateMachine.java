package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/**
 * The replicated state machine. The same entries lead to the same state and results on every node.
 *
 * @param <R> the result of a command
 */
public interface StateMachine<R> {

    /** @param entry the one after the last, of any kind of payload */
    R apply(Entry entry);

    /** How much work all entries so far were, in steps of about 50 nanoseconds. A {@link Node} bounds the work of a turn with it. */
    default long steps() {
        return 0;
    }

    /**
     * The state after the last entry that was applied. Another thread writes it part by part while further entries are applied, so
     * it must be an immutable view, and creating it must be fast.
     *
     * @return parts of any size, to be concatenated in this order; the iterator may be abandoned
     */
    Iterator<byte[]> snapshot();

    /**
     * Replaces the state.
     *
     * @param snapshot all the parts of one
     * @throws IOException if it cannot be read, or is no snapshot of such a machine; the node must stop
     */
    default void restore(InputStream snapshot) throws IOException {
        Restoration restoration = restoration(snapshot);
        while (!restoration.step()) {
            // the caller applies nothing meanwhile
        }
    }

    /**
     * Begins to replace the state, in turns between which the node does other work. No entry is applied meanwhile.
     *
     * @param snapshot as for {@link #restore}; stays open until the end
     */
    Restoration restoration(InputStream snapshot);

    /** A state that is being restored. */
    @FunctionalInterface
    interface Restoration {

        /**
         * Does a bounded amount of work.
         *
         * @return whether the state is in place
         * @throws IOException as {@link #restore}
         */
        boolean step() throws IOException;
    }
}
