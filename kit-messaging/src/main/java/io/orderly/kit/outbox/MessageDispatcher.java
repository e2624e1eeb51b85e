package io.orderly.kit.outbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;

/** Publishes the messages of a transaction, or arranges for their publication. */
public interface MessageDispatcher {

    /**
     * Called in the transaction, just before it commits.
     *
     * @param rows in the order in which they are to be sent
     */
    void beforeCommit(UnitOfWork unitOfWork, List<OutboxRow> rows);

    /** Called with the same rows after the commit, by the committing thread. */
    void afterCommit(List<OutboxRow> rows);
}
