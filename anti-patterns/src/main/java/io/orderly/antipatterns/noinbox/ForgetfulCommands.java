package io.orderly.antipatterns.noinbox;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.inventory.stock.Reservation;
import io.orderly.inventory.stock.StockLedger;
import io.orderly.inventory.stock.StockLevels;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the commands of the saga without remembering the steps that were taken. Each copy of a command takes effect, and a command
 * that comes after its compensation does too.
 */
final class ForgetfulCommands implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(ForgetfulCommands.class);

    private final StockLevels stock;
    private final UpsertedReservations reservations;
    private final Outbox outbox;

    ForgetfulCommands(StockLevels stock, UpsertedReservations reservations, Outbox outbox) {
        this.stock = stock;
        this.reservations = reservations;
        this.outbox = outbox;
    }

    @Override
    public Topic topic() {
        return Topic.INVENTORY_COMMANDS;
    }

    @Override
    public void handle(MessageBatch batch) {
        Set<OrderId> settled = new HashSet<>();
        Set<Sku> skus = new HashSet<>();
        for (IncomingMessage message : batch.messages()) {
            switch (commandOf(message)) {
                case ReserveInventory reserve ->
                    reserve.lines().stream().map(OrderLine::sku).forEach(skus::add);
                case CommitReservation commit -> settled.add(commit.orderId());
                case ReleaseInventory release -> settled.add(release.orderId());
            }
        }
        List<Reservation> known = reservations.lock(settled);
        known.forEach(reservation -> skus.addAll(reservation.quantities().keySet()));

        var ledger = new StockLedger(stock.lock(skus), known);
        batch.forEach(message -> outbox.append(ledger.decide(commandOf(message))));

        stock.update(ledger.changedLevels());
        reservations.insert(ledger.newReservations());
        reservations.updateStates(ledger.changedReservations());
    }

    /** The saga has to know, for it would wait for the reply until its deadline. */
    @Override
    public void deadLettered(DeadLetter letter) {
        try {
            Optional.ofNullable(letter.key())
                    .map(OrderId::of)
                    .ifPresent(order -> outbox.append(
                            new CommandDeadLettered(order, letter.id().toString(), letter.topic(), letter.cause())));
        } catch (IllegalArgumentException e) {
            log.warn("Dead letter {} belongs to no order: its key is no order id", letter.id());
        }
    }

    private static InventoryCommand commandOf(IncomingMessage message) {
        if (message.payload() instanceof InventoryCommand command) {
            return command;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is no command of inventory", null);
    }
}
