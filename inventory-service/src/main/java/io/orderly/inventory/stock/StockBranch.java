package io.orderly.inventory.stock;

import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.participant.CommandHandler.Work;
import io.orderly.kit.twophasecommit.Branches;
import io.orderly.kit.twophasecommit.Vote;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Inventory's branch of a distributed transaction: what the saga does in its first and its last step, at once. The rows of all
 * products of the order stay locked until the transaction manager has spoken.
 */
@Component
public class StockBranch {

    private final Branches branches;
    private final ReservationHandler handler;

    StockBranch(Branches branches, ReservationHandler handler) {
        this.branches = branches;
        this.handler = handler;
    }

    /** Takes the units from the stock and ships them, if and when the branch is committed. */
    public Vote prepare(ReserveInventory reserve) {
        return branches.prepare(reserve.orderId(), () -> Vote.of(reserveAndShip(reserve)));
    }

    private StepReply reserveAndShip(ReserveInventory reserve) {
        var commit = new CommitReservation(reserve.orderId());
        Work<InventoryCommand> work = handler.begin(List.of(reserve, commit));
        StepReply reply = work.handle(reserve).orElseThrow();
        if (reply instanceof StepCompleted) {
            reply = work.handle(commit).orElseThrow();
            work.complete();
        }
        return reply;
    }
}
