package io.orderly.kit.deadletter;

import io.orderly.kit.messaging.RawMessage;

/** Delivers a message to its handler again, and tells it what an operator does. */
public interface Redelivery {

    /**
     * Handles the message in the current transaction.
     *
     * @throws RuntimeException if it fails again
     */
    void redeliver(RawMessage raw);

    /**
     * Tells the handler of the letter's topic, in the current transaction, what an operator does to it; nothing if there is no handler.
     *
     * @param note who requested it and why; empty if the operator did not say
     */
    void announce(DeadLetter letter, LetterAction action, String note);
}
