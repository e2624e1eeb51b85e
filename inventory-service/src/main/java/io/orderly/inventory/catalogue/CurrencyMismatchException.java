package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;

/** Thrown if the currency of a new price differs from the currency of the product. */
public final class CurrencyMismatchException extends RuntimeException {

    CurrencyMismatchException(Sku sku, String expected, String actual) {
        super("must be %s, the currency of %s, but is %s".formatted(expected, sku, actual));
    }
}
