package io.orderly.kit.outbox;

import io.orderly.contracts.Message;
import io.orderly.kit.messaging.MessageMetadata;

/** Sends messages as part of a transaction. */
public interface Outbox {

    /**
     * Sends the message if, and only if, the current transaction commits. Messages of one key are sent in the order in which
     * their transactions commit, provided that a transaction holds a lock on the aggregate of the key (such as the order)
     * when it appends.
     *
     * @return the headers of the message, with timestamps of now
     * @throws org.springframework.transaction.IllegalTransactionStateException if no transaction is active
     * @throws MessageTooLargeException if it is larger than the broker accepts
     */
    MessageMetadata append(Message message);
}
