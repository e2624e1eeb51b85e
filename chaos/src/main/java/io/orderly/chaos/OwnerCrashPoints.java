package io.orderly.chaos;

import io.orderly.kit.fencing.PartitionedTransactions;
import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.outbox.PublicationListener;
import java.util.List;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Crash points of the owner of partitions: after it has looked at its lease and before its transaction begins; and after it has decided, before
 * its transaction is written and committed.
 */
final class OwnerCrashPoints implements TransactionExecutionListener, PublicationListener {

    private final CrashPoint beforeTransaction;
    private final CrashPoint beforeCommit;

    OwnerCrashPoints(CrashPoints crashPoints) {
        this.beforeTransaction = crashPoints.named("before-owner-transaction");
        this.beforeCommit = crashPoints.named("before-owner-commit");
    }

    @Override
    public void beforeBegin(TransactionExecution transaction) {
        if (PartitionedTransactions.NAME.equals(transaction.getTransactionName())) {
            beforeTransaction.pass();
        }
    }

    @Override
    public void committing(List<OutboxRow> rows) {
        if (PartitionedTransactions.NAME.equals(TransactionSynchronizationManager.getCurrentTransactionName())) {
            beforeCommit.pass();
        }
    }
}
