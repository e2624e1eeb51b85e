package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.kit.outbox.Outbox;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes prices and publishes the changed products. */
@Component
public class Pricing {

    private final Products products;
    private final CatalogueRevision revision;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;

    Pricing(Products products, CatalogueRevision revision, Outbox outbox, ApplicationEventPublisher events) {
        this.products = products;
        this.revision = revision;
        this.outbox = outbox;
        this.events = events;
    }

    /**
     * Sets the price of a product and publishes the product. Has no effect if the product has this price already.
     *
     * @param price above zero, in the currency of the product
     * @return the product with its current price; empty if it does not exist
     * @throws CurrencyMismatchException if the currency differs
     */
    @Transactional
    public Optional<Product> change(Sku sku, Money price) {
        Optional<Product> product = products.lock(sku.value());
        product.filter(found -> found.changePrice(price)).ifPresent(this::publish);
        return product;
    }

    private void publish(Product changed) {
        changed.changedAs(revision.next());
        outbox.append(changed.toMessage());
        events.publishEvent(new ProductRevised(changed.sku(), changed.version()));
    }
}
