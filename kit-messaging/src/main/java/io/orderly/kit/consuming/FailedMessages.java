package io.orderly.kit.consuming;

import io.orderly.kit.messaging.RawMessage;

/** Decides what becomes of a message that has failed in each of its attempts, and whose failure is not transient. Called from several threads. */
@FunctionalInterface
public interface FailedMessages {

    /** The message becomes a dead letter, and later messages of its key wait behind it. */
    FailedMessages DEAD_LETTERS = (_, _, deadLetter) -> deadLetter.run();

    /**
     * Called outside of a transaction. If it returns, the message counts as handled; if it throws, its batch is delivered again, as after a
     * transient failure.
     *
     * @param cause of the last attempt
     * @param deadLetter stores the message as a dead letter, in a transaction
     */
    void failed(RawMessage message, RuntimeException cause, Runnable deadLetter);
}
