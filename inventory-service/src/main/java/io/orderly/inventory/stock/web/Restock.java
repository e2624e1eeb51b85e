package io.orderly.inventory.stock.web;

/**
 * The request body of a restock.
 *
 * @param quantity 1 to {@value #MAX_QUANTITY}
 */
record Restock(long quantity) {

    static final long MAX_QUANTITY = 1_000_000;

    Restock {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity must be 1 to " + MAX_QUANTITY);
        }
    }
}
