package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
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
import io.orderly.inventory.stock.Reservation.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what commands do to the stock and the reservations that a transaction holds locked. All in memory: a thousand
 * commands on one hot product cost one row read and one row written.
 *
 * <p>Invariants: no count goes below zero, a product's units stay the same in sum, and an order reserves all of its lines or
 * none. Belongs to one transaction and one thread.
 */
public final class StockLedger {

    private final Map<Sku, StockLevel> levelsBefore;
    private final Map<Sku, StockLevel> levels;
    private final Map<OrderId, Reservation> reservationsBefore;
    private final Map<OrderId, Reservation> reservations;

    /**
     * @param levels of every product that the commands name, or that their orders have reserved; one that is not here is
     *     unknown
     * @param reservations of every order that is to be committed or released, where it has one
     */
    public StockLedger(Collection<StockLevel> levels, Collection<Reservation> reservations) {
        this.levelsBefore = levels.stream().collect(Collectors.toMap(StockLevel::sku, Function.identity()));
        this.levels = new HashMap<>(levelsBefore);
        this.reservationsBefore =
                reservations.stream().collect(Collectors.toMap(Reservation::orderId, Function.identity()));
        this.reservations = new LinkedHashMap<>(reservationsBefore);
    }

    public StepReply decide(InventoryCommand command) {
        return switch (command) {
            case ReserveInventory reserve -> reserve(reserve);
            case CommitReservation commit -> commit(commit);
            case ReleaseInventory release -> release(release);
        };
    }

    private StepReply reserve(ReserveInventory command) {
        OrderId order = command.orderId();
        if (reservations.containsKey(order)) {
            throw new IllegalStateException("order " + order + " has a reservation already");
        }
        Map<Sku, Long> wanted = new LinkedHashMap<>();
        for (OrderLine line : command.lines()) {
            wanted.merge(line.sku(), (long) line.quantity(), Long::sum);
        }
        for (Sku sku : wanted.keySet()) {
            if (!levels.containsKey(sku)) {
                return new StepDeclined(order, command.step(), DeclineReason.UNKNOWN_SKU.name(), "no product " + sku);
            }
        }
        for (Map.Entry<Sku, Long> line : wanted.entrySet()) {
            long onHand = level(line.getKey()).onHand();
            if (onHand < line.getValue()) {
                String detail = "%d of %s ordered, %d on hand".formatted(line.getValue(), line.getKey(), onHand);
                return new StepDeclined(order, command.step(), DeclineReason.OUT_OF_STOCK.name(), detail);
            }
        }
        Reservation reservation = new Reservation(order, wanted, State.RESERVED);
        reservations.put(order, reservation);
        move(reservation, StockLevel::reserve);
        return new StockReserved(order);
    }

    private StepReply commit(CommitReservation command) {
        OrderId order = command.orderId();
        Reservation reservation = reservations.get(order);
        if (reservation == null) {
            return refused(command, RefusalReason.NO_RESERVATION, "nothing was reserved for the order");
        }
        return switch (reservation.state()) {
            case RESERVED -> {
                settle(reservation, State.SHIPPED, StockLevel::ship);
                yield new StockCommitted(order);
            }
            case SHIPPED -> new StockCommitted(order);
            case RELEASED -> refused(command, RefusalReason.RESERVATION_RELEASED, "the reservation was released");
        };
    }

    private StepReply release(ReleaseInventory command) {
        OrderId order = command.orderId();
        Reservation reservation = reservations.get(order);
        if (reservation == null) {
            return new StockReleased(order);
        }
        return switch (reservation.state()) {
            case RESERVED -> {
                settle(reservation, State.RELEASED, StockLevel::release);
                yield new StockReleased(order);
            }
            case RELEASED -> new StockReleased(order);
            case SHIPPED -> refused(command, RefusalReason.ALREADY_SHIPPED, "the reserved units were shipped");
        };
    }

    private static StepReply refused(InventoryCommand command, RefusalReason reason, String detail) {
        return new StepRefused(command.orderId(), command.step(), reason.name(), detail);
    }

    private void settle(Reservation reservation, State state, Movement movement) {
        reservations.put(reservation.orderId(), reservation.in(state));
        move(reservation, movement);
    }

    private void move(Reservation reservation, Movement movement) {
        reservation.quantities().forEach((sku, quantity) -> levels.put(sku, movement.apply(level(sku), quantity)));
    }

    private StockLevel level(Sku sku) {
        return Objects.requireNonNull(levels.get(sku), () -> "the stock of " + sku + " was not loaded");
    }

    /** The levels that are no longer what they were. */
    public List<StockLevel> changedLevels() {
        return levels.values().stream()
                .filter(level -> !level.equals(levelsBefore.get(level.sku())))
                .toList();
    }

    /** The reservations made here, in the state they have reached since. */
    public List<Reservation> newReservations() {
        return reservations.values().stream()
                .filter(reservation -> !reservationsBefore.containsKey(reservation.orderId()))
                .toList();
    }

    /** The reservations made earlier that are no longer in the state they were in. */
    public List<Reservation> changedReservations() {
        return reservations.values().stream()
                .filter(reservation -> {
                    Reservation before = reservationsBefore.get(reservation.orderId());
                    return before != null && before.state() != reservation.state();
                })
                .toList();
    }

    @FunctionalInterface
    private interface Movement {
        StockLevel apply(StockLevel level, long quantity);
    }
}
