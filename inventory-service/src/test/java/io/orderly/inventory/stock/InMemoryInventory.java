package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.reply.StepReply;
import io.orderly.inventory.stock.Reservation.State;
import io.orderly.kit.participant.CommandBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A reservation handler with in-memory repositories. */
final class InMemoryInventory {

    private final Map<String, StockItem> items = new HashMap<>();
    private final Map<Reservation.Key, Reservation> reservations = new HashMap<>();
    private final ReservationHandler handler =
            new ReservationHandler(new InMemoryStockItems(), new InMemoryReservations());

    InMemoryInventory with(Sku sku, long units) {
        items.put(sku.value(), new StockItem(sku, units));
        return this;
    }

    /** Handles the commands as one batch. */
    List<StepReply> handle(List<InventoryCommand> commands) {
        return handler.handle(CommandBatch.of(commands, null));
    }

    List<StepReply> handle(InventoryCommand... commands) {
        return handle(List.of(commands));
    }

    StockLevel level(Sku sku) {
        return items.get(sku.value()).level();
    }

    List<StockLevel> levels() {
        return items.values().stream().map(StockItem::level).toList();
    }

    /** The stored reservations by order, each as {@code SKU quantity STATE}, in the order of the SKUs. */
    Map<OrderId, List<String>> reservations() {
        Map<OrderId, List<String>> stored = new TreeMap<>();
        reservations.values().stream()
                .map(Reservation::orderId)
                .forEach(order -> stored.computeIfAbsent(order, this::reservationsOf));
        return stored;
    }

    List<String> reservationsOf(OrderId order) {
        return reservations.values().stream()
                .filter(each -> each.orderId().equals(order))
                .map(each -> "%s %d %s".formatted(each.sku(), each.quantity(), each.state()))
                .sorted()
                .toList();
    }

    long unitsIn(State state, Sku sku) {
        return reservations.values().stream()
                .filter(each -> each.state() == state && each.sku().equals(sku))
                .mapToLong(Reservation::quantity)
                .sum();
    }

    private final class InMemoryStockItems implements StockItems {

        @Override
        public Optional<StockItem> findById(String sku) {
            return Optional.ofNullable(items.get(sku));
        }

        @Override
        public boolean existsById(String sku) {
            return items.containsKey(sku);
        }

        @Override
        public List<StockItem> findAllById(Iterable<String> skus) {
            return StreamSupport.stream(skus.spliterator(), false)
                    .flatMap(sku -> findById(sku).stream())
                    .toList();
        }

        @Override
        public List<StockItem> lockByIds(String[] skus) {
            return findAllById(List.of(skus));
        }

        @Override
        public <S extends StockItem> List<S> saveAll(Iterable<S> newItems) {
            throw new UnsupportedOperationException();
        }
    }

    private final class InMemoryReservations implements Reservations {

        @Override
        public List<Reservation> lockByOrderIds(UUID[] orderIds) {
            return reservations.values().stream()
                    .filter(each -> List.of(orderIds).contains(each.orderId().value()))
                    .toList();
        }

        @Override
        public <S extends Reservation> List<S> saveAll(Iterable<S> newReservations) {
            newReservations.forEach(reservation -> {
                if (reservations.put(reservation.getId(), reservation) != null) {
                    throw new IllegalStateException("duplicate key " + reservation.getId());
                }
                reservation.markStored();
            });
            return List.of();
        }
    }
}
