package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The stock of one product. It is changed only under the lock of {@link StockItems#lock}.
 *
 * <p>Invariants: no count is negative, and on hand + reserved + shipped = seeded + restocked.
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

    /** @param units the units initially on hand */
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

    /** @throws IllegalArgumentException if fewer units are on hand */
    void reserve(long quantity) {
        requireWithin(onHand, quantity);
        onHand -= quantity;
        reserved += quantity;
    }

    /** @throws IllegalArgumentException if fewer units are reserved */
    void release(long quantity) {
        requireWithin(reserved, quantity);
        reserved -= quantity;
        onHand += quantity;
    }

    /** @throws IllegalArgumentException if fewer units are reserved */
    void ship(long quantity) {
        requireWithin(reserved, quantity);
        reserved -= quantity;
        shipped += quantity;
    }

    /** @throws IllegalArgumentException if the quantity is not positive */
    void restock(long quantity) {
        requireWithin(Long.MAX_VALUE, quantity);
        restocked += quantity;
        onHand += quantity;
    }

    private void requireWithin(long available, long quantity) {
        if (quantity < 1 || quantity > available) {
            throw new IllegalArgumentException("cannot move %d units of %s with %d on hand, %d reserved, %d shipped"
                    .formatted(quantity, sku, onHand, reserved, shipped));
        }
    }

    @Override
    public String getId() {
        return sku;
    }
}
