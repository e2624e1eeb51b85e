package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Category;
import io.orderly.inventory.catalogue.Product;

/**
 * A product of the catalogue.
 *
 * @param price the price of one unit
 * @param version 1 initially, incremented by every change
 */
record ProductView(Sku sku, String name, String description, Category category, Money price, long version) {

    static ProductView of(Product product) {
        return new ProductView(
                product.sku(),
                product.name(),
                product.description(),
                product.category(),
                product.price(),
                product.version());
    }
}
