package io.orderly.kit.outbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;

/** Writes messages to the outbox table, from which the relays of their partitions publish them. */
final class OutboxTableDispatcher implements MessageDispatcher {

    private final OutboxTable table;
    private final OutboxRelay relay;
    private final RelaySignals signals;

    OutboxTableDispatcher(OutboxTable table, OutboxRelay relay, RelaySignals signals) {
        this.table = table;
        this.relay = relay;
        this.signals = signals;
    }

    @Override
    public void beforeCommit(UnitOfWork unitOfWork, List<OutboxRow> rows) {
        table.insert(unitOfWork, rows);
    }

    @Override
    public void afterCommit(List<OutboxRow> rows) {
        relay.wake();
        if (!relay.publishes(rows)) {
            signals.signal();
        }
    }
}
