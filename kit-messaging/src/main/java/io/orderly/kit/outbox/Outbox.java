package io.orderly.kit.outbox;

import io.orderly.contracts.Message;
import io.orderly.kit.messaging.MessageMetadata;

/** Where a transaction leaves the messages it causes. */
public interface Outbox {

    /**
     * Sends the message if, and only if, the current transaction commits. Messages of one key are sent in the order in which
     * their transactions committed, provided that a transaction holds the lock on what it decides about (the order, the
     * stock) when it appends.
     *
     * @return the headers it will carry, stamped now
     * @throws org.springframework.transaction.IllegalTransactionStateException if no transaction is under way
     * @throws MessageTooLargeException if the broker would not take it
     */
    MessageMetadata append(Message message);
}
