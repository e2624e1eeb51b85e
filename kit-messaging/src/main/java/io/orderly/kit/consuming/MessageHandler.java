package io.orderly.kit.consuming;

import io.orderly.contracts.Topic;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.deadletter.LetterAction;

/**
 * Handles the messages of one topic. A service with a bean of this type consumes the topic, in the consumer group named
 * after the service. A batch is handled in one transaction, together with the inbox and the outbox, so a message takes
 * effect once.
 *
 * <p>After a transient failure, such as an unavailable database, the batch is retried until it succeeds. After any other
 * exception, the batch is rolled back and its messages are handled one at a time, each as a batch of its own; a message that
 * fails again is retried a few times and then becomes a dead letter.
 */
public interface MessageHandler {

    Topic topic();

    /** Handles a batch in the current transaction. Called from several threads at once. */
    void handle(MessageBatch batch);

    /** Called in the transaction that stores a message of this topic as a dead letter. */
    default void deadLettered(DeadLetter letter) {}

    /**
     * Called in the transaction in which an operator replays or discards a dead letter of this topic, before that takes effect; and, since nothing of a
     * replay that fails is stored, in one after it. Not called for letters that only waited behind it.
     *
     * @param note who requested it and why, for humans; empty if the operator did not say
     */
    default void operatorActs(DeadLetter letter, LetterAction action, String note) {}
}
