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
 * Inventory's branch of a distributed transaction: what the saga does in its first and its last step, at once. The rows of all
 * products of the order stay locked until the transaction manager has spoken.
 */
final class StockBranch {

    private final TransactionBranches branches;
    private final ReservationHandler handler;

    StockBranch(TransactionBranches branches, ReservationHandler handler) {
        this.branches = branches;
        this.handler = handler;
    }

    /** Takes the units from the stock and ships them, if and when the branch is committed. */
    Vote prepare(ReserveInventory reserve) {
        return branches.prepare(reserve.orderId(), () -> Vote.of(reserveAndShip(reserve)));
    }

    private StepReply reserveAndShip(ReserveInventory reserve) {
        var commit = new CommitReservation(reserve.orderId());
        List<StepReply> replies = handler.handle(CommandBatch.of(List.of(reserve, commit), null));
        // where the reservation is declined, the commit is refused and changes nothing
        return replies.getFirst() instanceof StepCompleted ? replies.getLast() : replies.getFirst();
    }
}
