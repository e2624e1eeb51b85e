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

    public ProductChanged {
        Require.present(sku, "sku");
        Require.present(name, "name");
        Require.positive(price, "price");
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
    }

    @Override
    public String key() {
        return sku.value();
    }
}
