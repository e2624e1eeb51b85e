package io.orderly.kit.consuming;

import io.orderly.contracts.Topic;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import java.util.List;

/**
 * Handles the messages of one topic. A bean of this type is all it takes: its service then consumes the topic, in the group
 * named after the service. All work on a batch runs in one transaction, together with the inbox and the outbox; a message
 * takes effect once.
 *
 * <p>An exception that says the database or the network is away makes the batch wait and come again for ever. After any
 * other, the batch is rolled back and its messages are handled one by one; the one that fails is tried a few times more and
 * then goes to the dead letters.
 */
public interface MessageHandler {

    Topic topic();

    /**
     * Begins the work of one transaction: the place to load and lock, in one order for all, what these messages will need.
     * Called from several threads at once, so what belongs to a transaction lives in the object returned.
     *
     * @param batch the messages that {@link Work#handle} will be called with, in this order
     */
    Work begin(List<IncomingMessage> batch);

    /**
     * As {@link #begin}, for messages that most likely nobody has handled before, in this copy or any other. Whoever would have to
     * ask for what came before may take it that nothing did, if a violated key says otherwise at the commit: the same messages
     * then come to {@link #begin}.
     */
    default Work beginAsNew(List<IncomingMessage> batch) {
        return begin(batch);
    }

    /** Called in the transaction that puts a message of this topic among the dead letters. */
    default void deadLettered(DeadLetter letter) {}

    /** The work of one transaction. */
    interface Work {

        void handle(IncomingMessage message);

        /** Called once after the last message: the place to write in one go what they changed. */
        default void complete() {}
    }
}
