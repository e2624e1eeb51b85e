package io.orderly.inventory.stock;

/** Why the stock is not sufficient for a demand. */
record Shortage(DeclineReason reason, String detail) {}
