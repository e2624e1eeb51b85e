package io.orderly.antipatterns.twophasecommit.inventory;

import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepReply;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.kit.participant.CommandBatch;
import java.util.List;

/**
 * The inventory-service's branch of a distributed transaction: the first and the last step of the saga in one. The
 * stock rows of all products of the order stay locked until the decision arrives.
 */
final class StockBranch {

    private final TransactionBranches branches;
    private final ReservationHandler handler;

    StockBranch(TransactionBranches branches, ReservationHandler handler) {
        this.branches = branches;
        this.handler = handler;
    }

    /** Prepares to remove the units from stock and ship them. */
    Vote prepare(ReserveInventory reserve) {
        return branches.prepare(reserve.orderId(), () -> Vote.of(reserveAndShip(reserve)));
    }

    private StepReply reserveAndShip(ReserveInventory reserve) {
        var commit = new CommitReservation(reserve.orderId());
        List<StepReply> replies = handler.handle(CommandBatch.of(List.of(reserve, commit), null));
        // if the reservation is declined, the commit is refused and has no effect
        return replies.getFirst() instanceof StepCompleted ? replies.getLast() : replies.getFirst();
    }
}
