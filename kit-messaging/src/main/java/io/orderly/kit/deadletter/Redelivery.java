package io.orderly.kit.deadletter;

import io.orderly.kit.messaging.RawMessage;

/** Hands a message to its handler once more. */
public interface Redelivery {

    /**
     * Handles the message in the current transaction.
     *
     * @throws RuntimeException if it fails again
     */
    void redeliver(RawMessage raw);
}
