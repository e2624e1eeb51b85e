package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;

/**
 * Where the units of one product are.
 *
 * @param onHand free to be reserved
 * @param reserved set aside for orders that are under way
 * @param shipped gone
 */
public record StockLevel(Sku sku, long onHand, long reserved, long shipped) {}
