package io.orderly.kit.outbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;

/** Through the outbox table: what was committed will be published. */
record OutboxTableDispatcher(OutboxTable table, Runnable wakeRelay) implements MessageDispatcher {

    @Override
    public void beforeCommit(UnitOfWork unitOfWork, List<OutboxRow> rows) {
        table.insert(unitOfWork, rows);
    }

    @Override
    public void afterCommit(List<OutboxRow> rows) {
        wakeRelay.run();
    }
}
