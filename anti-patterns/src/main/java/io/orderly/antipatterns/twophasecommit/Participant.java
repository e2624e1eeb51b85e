package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.OrderId;
import java.util.List;

/**
 * A participant of distributed transactions, as seen by the transaction manager. Commit and rollback may be repeated
 * and may arrive late, and a rollback may arrive for an unknown branch. An exception means that the decision has to be
 * sent again, unless it is {@link TransactionBranches#UNKNOWN_BRANCH}.
 */
public interface Participant {

    void commit(OrderId transaction);

    void rollback(OrderId transaction);

    /** The branches that are in doubt, oldest first. */
    List<InDoubtBranch> inDoubt();
}
