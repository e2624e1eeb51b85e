package io.orderly.kit.twophasecommit;

import io.orderly.contracts.OrderId;
import java.util.List;

/**
 * A participant of distributed transactions, seen from the transaction manager. Both verdicts can be repeated and can come
 * late; a rollback can also come for a branch that never was. An exception means that the verdict has to be sent again.
 */
public interface Participant {

    void commit(OrderId transaction);

    void rollback(OrderId transaction);

    /** What it keeps and may not give up by itself, the oldest first. */
    List<InDoubt> inDoubt();
}
