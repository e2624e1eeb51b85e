package io.orderly.inventory.stock;

/** Why the stock does not meet a demand. */
record Shortage(DeclineReason reason, String detail) {}
