package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.OrderId;
import java.util.List;

/**
 * A participant of distributed transactions, seen from the transaction manager. Both verdicts can be repeated and come
 * late, and a rollback may come for a branch that never was; an exception means that it is to be told again, unless it is
 * {@link TransactionBranches#UNKNOWN_BRANCH}.
 */
public interface Participant {

    void commit(OrderId transaction);

    void rollback(OrderId transaction);

    /** What it keeps and may not give up by itself, the oldest first. */
    List<InDoubtBranch> inDoubt();
}
