package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The stock of one product. Changes are made under the lock of {@link StockItems#lock}.
 *
 * <p>Invariants: no count goes below zero, and the units on hand, reserved and shipped add up to those that were seeded and
 * restocked.
 */
@Entity
@Table(name = "stock")
public class StockItem extends AssignedIdEntity<String> {

    @Id
    private String sku;

    @Column(updatable = false)
    private long seeded;

    private long restocked;
    private long onHand;
    private long reserved;
    private long shipped;

    protected StockItem() {}

    /** @param units on hand at first */
    public StockItem(Sku sku, long units) {
        this.sku = sku.value();
        this.seeded = units;
        this.onHand = units;
    }

    Sku sku() {
        return new Sku(sku);
    }

    long onHand() {
        return onHand;
    }

    public StockLevel level() {
        return new StockLevel(sku(), onHand, reserved, shipped);
    }

    /** @throws IllegalArgumentException if there are not as many units on hand */
    void reserve(long quantity) {
        requireWithin(onHand, quantity);
        onHand -= quantity;
        reserved += quantity;
    }

    /** @throws IllegalArgumentException if not as many units are reserved */
    void release(long quantity) {
        requireWithin(reserved, quantity);
        reserved -= quantity;
        onHand += quantity;
    }

    /** @throws IllegalArgumentException if not as many units are reserved */
    void ship(long quantity) {
        requireWithin(reserved, quantity);
        reserved -= quantity;
        shipped += quantity;
    }

    /** @throws IllegalArgumentException if the quantity is not above zero */
    void restock(long quantity) {
        requireWithin(Long.MAX_VALUE, quantity);
        restocked += quantity;
        onHand += quantity;
    }

    private void requireWithin(long most, long quantity) {
        if (quantity < 1 || quantity > most) {
            throw new IllegalArgumentException(
                    "%d units of %s cannot be moved, with %d on hand, %d reserved, %d shipped"
                            .formatted(quantity, sku, onHand, reserved, shipped));
        }
    }

    @Override
    public String getId() {
        return sku;
    }
}
