package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Handles the inventory commands of the saga. A batch costs two locking queries and one round trip per changed table, regardless of
 * the number of commands; a thousand commands for one product read and update one row of stock.
 */
@Component
public class ReservationHandler implements CommandHandler<InventoryCommand> {

    private final StockItems items;
    private final Reservations reservations;

    public ReservationHandler(StockItems items, Reservations reservations) {
        this.items = items;
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

    /** @return one reply per command, in the order of the commands */
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

        Map<OrderId, List<Reservation>> reservationsByOrder = new HashMap<>();
        for (Reservation known : reservations.lock(settled)) {
            reservationsByOrder
                    .computeIfAbsent(known.orderId(), _ -> new ArrayList<>())
                    .add(known);
            skus.add(known.sku());
        }
        Map<Sku, StockItem> stock =
                items.lock(skus).stream().collect(Collectors.toMap(StockItem::sku, Function.identity()));

        List<StepReply> replies = batch.commands().stream()
                .map(command -> switch (command) {
                    case ReserveInventory reserve -> reserve(reserve, reservationsByOrder, stock);
                    case CommitReservation commit -> commit(commit, reservationsByOrder, stock);
                    case ReleaseInventory release -> release(release, reservationsByOrder, stock);
                })
                .toList();

        reservations.saveAll(reservationsByOrder.values().stream()
                .flatMap(List::stream)
                .filter(Reservation::isNew)
                .toList());
        return replies;
    }

    private static StepReply reserve(
            ReserveInventory command, Map<OrderId, List<Reservation>> reservationsByOrder, Map<Sku, StockItem> stock) {
        OrderId order = command.orderId();
        if (reservationsByOrder.containsKey(order)) {
            throw new IllegalStateException("order " + order + " already has a reservation");
        }
        Demand demand = Demand.of(command.lines());
        Optional<Shortage> shortage = demand.shortageIn(stock);
        if (shortage.isPresent()) {
            Shortage found = shortage.get();
            return new StepDeclined(order, command.step(), found.reason().name(), found.detail());
        }
        reservationsByOrder.put(
                order,
                demand.units().entrySet().stream()
                        .map(line -> new Reservation(order, itemOf(line.getKey(), stock), line.getValue()))
                        .toList());
        return new StockReserved(order);
    }

    private static StepReply commit(
            CommitReservation command, Map<OrderId, List<Reservation>> reservationsByOrder, Map<Sku, StockItem> stock) {
        OrderId order = command.orderId();
        List<Reservation> reservations = reservationsByOrder.get(order);
        if (reservations == null) {
            return refused(command, RefusalReason.NO_RESERVATION, "nothing was reserved for the order");
        }
        return switch (reservations.getFirst().state()) {
            case RESERVED -> {
                settle(reservations, stock, Reservation::ship);
                yield new StockCommitted(order);
            }
            case SHIPPED -> new StockCommitted(order);
            case RELEASED -> refused(command, RefusalReason.RESERVATION_RELEASED, "the reservation was released");
        };
    }

    private static StepReply release(
            ReleaseInventory command, Map<OrderId, List<Reservation>> reservationsByOrder, Map<Sku, StockItem> stock) {
        OrderId order = command.orderId();
        List<Reservation> reservations = reservationsByOrder.get(order);
        if (reservations == null) {
            return new StockReleased(order);
        }
        return switch (reservations.getFirst().state()) {
            case RESERVED -> {
                settle(reservations, stock, Reservation::release);
                yield new StockReleased(order);
            }
            case RELEASED -> new StockReleased(order);
            case SHIPPED -> refused(command, RefusalReason.ALREADY_SHIPPED, "the reserved units were shipped");
        };
    }

    private static void settle(
            List<Reservation> reservations, Map<Sku, StockItem> stock, BiConsumer<Reservation, StockItem> end) {
        reservations.forEach(reservation -> end.accept(reservation, itemOf(reservation.sku(), stock)));
    }

    private static StockItem itemOf(Sku sku, Map<Sku, StockItem> stock) {
        return Objects.requireNonNull(stock.get(sku), () -> "the stock of " + sku + " is not loaded");
    }

    private static StepReply refused(InventoryCommand command, RefusalReason reason, String detail) {
        return new StepRefused(command.orderId(), command.step(), reason.name(), detail);
    }
}
