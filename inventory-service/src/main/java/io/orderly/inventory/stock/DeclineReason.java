package io.orderly.inventory.stock;

/** Reason codes of a declined reservation, as sent to the saga. */
enum DeclineReason {
    UNKNOWN_SKU,
    OUT_OF_STOCK
}
