package io.orderly.contracts.inventory;

import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.Require;
import io.orderly.contracts.Sku;

/**
 * The current state of a product. Keyed by SKU on a compacted topic, so that the topic is the catalogue.
 *
 * @param version increases with every change of this product; a consumer keeps the highest version that it has received
 */
public record ProductChanged(Sku sku, String name, Money price, long version) implements Message {

    /** Maximum length of the name in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    /** Maximum version: the largest integer that all JSON parsers represent exactly. */
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
