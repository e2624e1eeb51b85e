package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;

/** A price in another currency than the one the product is sold in. */
public final class CurrencyMismatchException extends RuntimeException {

    CurrencyMismatchException(Sku sku, String expected, String actual) {
        super("must be %s, in which %s is sold, not %s".formatted(expected, sku, actual));
    }
}
