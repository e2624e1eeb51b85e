package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;

/**
 * The units of one product by state.
 *
 * @param onHand available for reservation
 * @param reserved reserved for orders that are not completed
 * @param shipped shipped to customers
 */
public record StockLevel(Sku sku, long onHand, long reserved, long shipped) {}
