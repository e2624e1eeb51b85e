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
 * The units of one product set aside for one order. Changes are made under the lock of {@link Reservations#lock}, and under that of
 * the product's stock.
 *
 * <p>Invariants: the reservations of an order are all in the same state, and those of a product that are RESERVED or SHIPPED add up
 * to these counts of its stock.
 */
@Entity
@Table(name = "reservations")
@IdClass(Reservation.Key.class)
public class Reservation extends AssignedIdEntity<Reservation.Key> {

    /** Names a product of an order. */
    public record Key(UUID orderId, String sku) {}

    public enum State {
        /** Set aside. */
        RESERVED,
        /** Gone to the customer. */
        SHIPPED,
        /** Given back. */
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
     * Takes units from what is on hand.
     *
     * @param quantity at least 1
     * @throws IllegalArgumentException if there are not as many units on hand
     */
    Reservation(OrderId order, StockItem item, long quantity) {
        item.reserve(quantity);
        this.orderId = order.value();
        this.sku = item.sku().value();
        this.quantity = quantity;
        this.state = State.RESERVED;
    }

    /**
     * @param item of the same product
     * @throws IllegalStateException unless RESERVED
     */
    void ship(StockItem item) {
        settle(State.SHIPPED);
        item.ship(quantity);
    }

    /**
     * @param item of the same product
     * @throws IllegalStateException unless RESERVED
     */
    void release(StockItem item) {
        settle(State.RELEASED);
        item.release(quantity);
    }

    private void settle(State end) {
        if (state != State.RESERVED) {
            throw new IllegalStateException("%s of order %s is %s already".formatted(sku, orderId, state));
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
