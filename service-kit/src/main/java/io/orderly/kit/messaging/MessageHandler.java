package io.orderly.kit.messaging;

import io.orderly.contracts.Topic;
import io.orderly.kit.deadletter.DeadLetter;
import java.util.List;

/**
 * Handles the messages of one topic. A bean of this type is all it takes: its service then consumes the topic, in the group
 * named after the service. Every call runs in a transaction, together with the inbox and the outbox; a message takes effect
 * once. A handler keeps no state of its own between calls, for a batch that fails is rolled back and handled again, one by
 * one.
 *
 * <p>An exception that says the database or the network is away makes the batch wait and come again for ever; after any
 * other, the message is tried a few times and then goes to the dead letters.
 */
public interface MessageHandler {

    Topic topic();

    /**
     * Called once before the messages of a transaction are handled: the place to load and lock, in one order for all, what
     * they will need. May leave it out; {@link #handle} must be right without it.
     */
    default void prepare(List<IncomingMessage> batch) {}

    void handle(IncomingMessage message);

    /** Called once after the messages of a transaction were handled: the place to write in one go what they changed. */
    default void complete() {}

    /** Called in the transaction that puts a message of this topic among the dead letters. */
    default void deadLettered(DeadLetter letter) {}
}
