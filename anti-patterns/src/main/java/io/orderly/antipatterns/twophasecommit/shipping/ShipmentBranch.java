package io.orderly.antipatterns.twophasecommit.shipping;

import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.util.List;

/**
 * The shipping-service's branch of a distributed transaction: the third step of the saga. The days of the whole region
 * stay locked until the decision arrives.
 */
final class ShipmentBranch {

    private final TransactionBranches branches;
    private final CommandHandler<ShippingCommand> handler;

    ShipmentBranch(TransactionBranches branches, CommandHandler<ShippingCommand> handler) {
        this.branches = branches;
        this.handler = handler;
    }

    /** Prepares to book a slot. */
    Vote prepare(ScheduleShipment schedule) {
        return branches.prepare(schedule.orderId(), () -> Vote.of(book(schedule)));
    }

    private StepReply book(ScheduleShipment schedule) {
        return handler.handle(CommandBatch.of(List.of(schedule), null)).getFirst();
    }
}
