package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/**
 * The units of one product that are reserved for one order. It is changed only under the lock of {@link Reservations#lock} and
 * the lock of the product's stock.
 *
 * <p>Invariants: all reservations of an order are in the same state. For each product, the quantities in the state RESERVED sum to
 * {@link StockLevel#reserved}, and those in the state SHIPPED to {@link StockLevel#shipped}.
 */
@Entity
@Table(name = "reservations")
@IdClass(Reservation.Key.class)
public class Reservation extends AssignedIdEntity<Reservation.Key> {

    /** The primary key: an order and a product. */
    public record Key(UUID orderId, String sku) {}

    public enum State {
        /** The units are reserved for the order. */
        RESERVED,
        /** The units were shipped to the customer. */
        SHIPPED,
        /** The units were returned to the stock on hand. */
        RELEASED
    }

    @Id
    private UUID orderId;

    @Id
    private String sku;

    @Column(updatable = false)
    private long quantity;

    @Enumerated(EnumType.STRING)
    private State state;

    protected Reservation() {}

    /**
     * Moves units of the item from on hand to reserved.
     *
     * @param quantity at least 1
     * @throws IllegalArgumentException if fewer units are on hand
     */
    Reservation(OrderId order, StockItem item, long quantity) {
        item.reserve(quantity);
        this.orderId = order.value();
        this.sku = item.sku().value();
        this.quantity = quantity;
        this.state = State.RESERVED;
    }

    /**
     * @param item the stock of this product
     * @throws IllegalStateException if the state is not RESERVED
     */
    void ship(StockItem item) {
        settle(State.SHIPPED);
        item.ship(quantity);
    }

    /**
     * @param item the stock of this product
     * @throws IllegalStateException if the state is not RESERVED
     */
    void release(StockItem item) {
        settle(State.RELEASED);
        item.release(quantity);
    }

    private void settle(State end) {
        if (state != State.RESERVED) {
            throw new IllegalStateException(
                    "the reservation of %s for order %s is already %s".formatted(sku, orderId, state));
        }
        state = end;
    }

    public OrderId orderId() {
        return new OrderId(orderId);
    }

    public Sku sku() {
        return new Sku(sku);
    }

    public long quantity() {
        return quantity;
    }

    public State state() {
        return state;
    }

    @Override
    public Key getId() {
        return new Key(orderId, sku);
    }
}
