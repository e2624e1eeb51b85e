package io.orderly.kit.consuming;

import io.orderly.contracts.Topic;
import io.orderly.kit.deadletter.DeadLetter;

/**
 * Handles the messages of one topic. A bean of this type is all it takes: its service then consumes the topic, in the group
 * named after the service. All work on a batch runs in one transaction, together with the inbox and the outbox; a message
 * takes effect once.
 *
 * <p>An exception that says the database or the network is away makes the batch wait and come again for ever. After any
 * other, the batch is rolled back and its messages are handled one by one, each as a batch of its own; the one that fails is tried
 * a few times more and then goes to the dead letters.
 */
public interface MessageHandler {

    Topic topic();

    /** Handles a batch in the current transaction. Called from several threads at once. */
    void handle(MessageBatch batch);

    /** Called in the transaction that puts a message of this topic among the dead letters. */
    default void deadLettered(DeadLetter letter) {}
}
