package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;

/**
 * Where the units of one product are.
 *
 * @param onHand free to be reserved
 * @param reserved set aside for orders that are under way
 * @param shipped gone
 */
public record StockLevel(Sku sku, long onHand, long reserved, long shipped) {

    /** @throws IllegalArgumentException if a count is below zero */
    public StockLevel {
        if (onHand < 0 || reserved < 0 || shipped < 0) {
            throw new IllegalArgumentException("stock of %s below zero: %d on hand, %d reserved, %d shipped"
                    .formatted(sku, onHand, reserved, shipped));
        }
    }

    StockLevel reserve(long quantity) {
        return new StockLevel(sku, onHand - quantity, reserved + quantity, shipped);
    }

    StockLevel release(long quantity) {
        return new StockLevel(sku, onHand + quantity, reserved - quantity, shipped);
    }

    StockLevel ship(long quantity) {
        return new StockLevel(sku, onHand, reserved - quantity, shipped + quantity);
    }
}
