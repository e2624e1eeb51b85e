package io.orderly.kit.outbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;

/** Writes messages to the outbox table, from which the relay publishes them. */
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
