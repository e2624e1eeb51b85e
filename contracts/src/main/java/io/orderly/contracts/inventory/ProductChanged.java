package io.orderly.contracts.inventory;

import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.Require;
import io.orderly.contracts.Sku;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a product. Keyed by SKU on a compacted topic, so that the topic is the catalogue.
 *
 * @param version increases by one with every change of this product, from 1; a consumer keeps the highest version that it has received
 * @param revision the number of this change among those of all products, without gaps; null for the products of a new catalogue, which count
 *     as changes too, and in messages from before there were revisions
 */
public record ProductChanged(
        Sku sku,
        String name,
        Money price,
        long version,
        @Nullable Long revision) implements Message {

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
        if (revision != null && (revision < 1 || revision > MAX_VERSION)) {
            throw new IllegalArgumentException("revision must be 1 to " + MAX_VERSION + ", was " + revision);
        }
    }

    /** A product without a revision. */
    public ProductChanged(Sku sku, String name, Money price, long version) {
        this(sku, name, price, version, null);
    }

    @Override
    public String key() {
        return sku.value();
    }
}
