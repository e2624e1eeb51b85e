package io.orderly.chaos;

import io.orderly.kit.fencing.PartitionedTransactions;
import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.outbox.PublicationListener;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A crash point between what the owner of a partition has decided and its commit. By then it has checked that it is the owner. */
final class OwnerCrashPoint implements PublicationListener {

    private final CrashPoint beforeOwnerCommit;

    OwnerCrashPoint(CrashPoints crashPoints) {
        this.beforeOwnerCommit = crashPoints.named("before-owner-commit");
    }

    @Override
    public void committing(List<OutboxRow> rows) {
        if (PartitionedTransactions.NAME.equals(TransactionSynchronizationManager.getCurrentTransactionName())) {
            beforeOwnerCommit.pass();
        }
    }
}
