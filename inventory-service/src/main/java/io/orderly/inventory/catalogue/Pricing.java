package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.kit.outbox.Outbox;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets prices and tells the world. */
@Component
public class Pricing {

    private final Products products;
    private final Outbox outbox;

    Pricing(Products products, Outbox outbox) {
        this.products = products;
        this.outbox = outbox;
    }

    /**
     * Gives a product a new price and publishes the product as it then is. The price it already has changes nothing and
     * publishes nothing.
     *
     * @param price above zero, in the currency of the old one
     * @return the product as it then is; empty if there is none
     * @throws CurrencyMismatchException if the currency is another one
     */
    @Transactional
    public Optional<Product> change(Sku sku, Money price) {
        Optional<Product> product = products.lock(sku.value());
        product.filter(found -> found.changePrice(price)).ifPresent(changed -> outbox.append(changed.toMessage()));
        return product;
    }
}
