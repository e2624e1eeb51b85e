package io.orderly.kit.outbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;

/** How the messages of a transaction find their way out. */
public interface MessageDispatcher {

    /**
     * Called in the transaction, just before it commits.
     *
     * @param rows in the order in which they are to be sent
     */
    void beforeCommit(UnitOfWork unitOfWork, List<OutboxRow> rows);

    /** Called when it has committed, with the same rows; the thread that committed waits. */
    void afterCommit(List<OutboxRow> rows);
}
