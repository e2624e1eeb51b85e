package io.orderly.kit.twophasecommit;

import io.orderly.contracts.OrderId;
import java.util.List;

/**
 * Somebody who takes part in distributed transactions, seen from the transaction manager. Both verdicts can be repeated, come
 * late or come for a branch that never was; an exception means that it is to be told again.
 */
public interface Participant {

    void commit(OrderId transaction);

    void rollback(OrderId transaction);

    /** What it keeps and may not give up by itself, the oldest first. */
    List<InDoubt> inDoubt();
}
