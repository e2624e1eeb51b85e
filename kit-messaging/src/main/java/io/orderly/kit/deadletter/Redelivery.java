package io.orderly.kit.deadletter;

import io.orderly.kit.messaging.RawMessage;

/** Delivers a message to its handler again. */
public interface Redelivery {

    /**
     * Handles the message in the current transaction.
     *
     * @throws RuntimeException if it fails again
     */
    void redeliver(RawMessage raw);
}
