package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Inventory's part in the saga. A batch of commands costs at most five statements, however many commands it has: lock
 * reservations, lock stock, and write what {@link StockLedger} decided.
 */
@Component
class ReservationHandler implements CommandHandler<InventoryCommand> {

    private final StockLevels stock;
    private final Reservations reservations;

    ReservationHandler(StockLevels stock, Reservations reservations) {
        this.stock = stock;
        this.reservations = reservations;
    }

    @Override
    public Topic topic() {
        return Topic.INVENTORY_COMMANDS;
    }

    @Override
    public Class<InventoryCommand> commandType() {
        return InventoryCommand.class;
    }

    @Override
    public List<StepReply> handle(CommandBatch<InventoryCommand> batch) {
        Set<OrderId> settled = new HashSet<>();
        Set<Sku> skus = new HashSet<>();
        for (InventoryCommand command : batch.commands()) {
            switch (command) {
                case ReserveInventory reserve ->
                    reserve.lines().stream().map(OrderLine::sku).forEach(skus::add);
                case CommitReservation commit -> settled.add(commit.orderId());
                case ReleaseInventory release -> settled.add(release.orderId());
            }
        }
        List<Reservation> known = reservations.lock(settled);
        known.forEach(reservation -> skus.addAll(reservation.quantities().keySet()));

        var ledger = new StockLedger(stock.lock(skus), known);
        List<StepReply> replies = batch.commands().stream().map(ledger::decide).toList();

        stock.update(ledger.changedLevels());
        reservations.insert(ledger.newReservations());
        reservations.updateStates(ledger.changedReservations());
        return replies;
    }
}
