package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;

/**
 * Something that is sold.
 *
 * @param price of one unit, above zero
 * @param version 1 at first, grows by 1 with every change
 */
public record Product(Sku sku, String name, String description, Category category, Money price, long version) {

    Product priced(Money newPrice) {
        return new Product(sku, name, description, category, newPrice, version + 1);
    }

    ProductChanged toMessage() {
        return new ProductChanged(sku, name, price, version);
    }
}
