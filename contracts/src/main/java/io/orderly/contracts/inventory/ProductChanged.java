package io.orderly.contracts.inventory;

import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.Require;
import io.orderly.contracts.Sku;

/**
 * A product as it now is. Keyed by SKU on a compacted topic, so that the topic is the catalogue.
 *
 * @param version grows with every change of this product; a reader keeps the highest it has seen
 */
public record ProductChanged(Sku sku, String name, Money price, long version) implements Message {

    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    /** Highest version: the largest whole number that every JSON reader keeps exact. */
    public static final long MAX_VERSION = (1L << 53) - 1;

    public ProductChanged {
        Require.present(sku, "sku");
        Require.text(name, "name", MAX_NAME_LENGTH);
        Require.positive(price, "price");
        if (version < 1 || version > MAX_VERSION) {
            throw new IllegalArgumentException("version must be 1 to " + MAX_VERSION + ", was " + version);
        }
    }

    @Override
    public String key() {
        return sku.value();
    }
}
