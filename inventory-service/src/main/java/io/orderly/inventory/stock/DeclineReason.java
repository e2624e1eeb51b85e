package io.orderly.inventory.stock;

/** Why an order's lines are not reserved, as the reply to the saga says it. */
enum DeclineReason {
    UNKNOWN_SKU,
    OUT_OF_STOCK
}
