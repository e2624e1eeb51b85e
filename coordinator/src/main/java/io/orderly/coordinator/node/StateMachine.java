package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/**
 * What is replicated. The same entries lead to the same state and the same results, on every node.
 *
 * @param <R> what a client is told about its command
 */
public interface StateMachine<R> {

    /** @param entry the one after the last, of any kind of payload */
    R apply(Entry entry);

    /**
     * The state after the last entry that was applied. Another thread writes it out, part by part, while entries go on being
     * applied, so it must be a picture that they do not change, and making it must not take long.
     *
     * @return parts of any size, to be put together again in this order; read to the end or left before
     */
    Iterator<byte[]> snapshot();

    /**
     * Puts a state in place of what there is.
     *
     * @param snapshot all the parts of one
     * @throws IOException if it cannot be read, or is no snapshot of such a machine; the node must stop
     */
    default void restore(InputStream snapshot) throws IOException {
        Restoration restoration = restoration(snapshot);
        while (!restoration.step()) {
            // nothing else is to be done meanwhile
        }
    }

    /**
     * Begins to put a state in place of what there is, in turns between which the node does other things. Nothing is applied meanwhile.
     *
     * @param snapshot as for {@link #restore}; stays open until the end
     */
    Restoration restoration(InputStream snapshot);

    /** A state in the making. */
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
