package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import java.util.Optional;
import java.util.function.Supplier;

/** How the products that are kept in memory are loaded from the database, when many requests need the same one. Thread-safe. */
public interface ProductLoads {

    /**
     * What the database had.
     *
     * @param product empty if it does not exist
     * @param asOf the revision of the catalogue that is certainly contained
     */
    record Loaded(Optional<Product> product, long asOf) {}

    /**
     * The product is needed, and is not in memory.
     *
     * @param load reads it, and puts it into memory
     * @return what it read, or what a load of another request read that was under way, and has not been forgotten
     */
    Loaded load(Sku sku, Supplier<Loaded> load);

    /** The product was used from memory, from which it will expire soon. Does not wait for a load. */
    void expiresSoon(Sku sku, Supplier<Loaded> load);

    /** What is being loaded may be without the last change of the product, so later requests must not get it. */
    void forget(Sku sku);

    /** The same for all products. */
    void forgetAll();
}
