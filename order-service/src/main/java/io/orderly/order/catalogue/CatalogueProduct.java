package io.orderly.order.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/**
 * A product as the inventory-service described it last. The version is that of the inventory-service; this service changes a
 * product under the lock of its row.
 */
@Entity
@Table(name = "catalogue_products")
public class CatalogueProduct extends AssignedIdEntity<String> {

    @Id
    private String sku;

    private String name;

    private BigDecimal price;

    private String currency;

    private long version;

    protected CatalogueProduct() {}

    CatalogueProduct(ProductChanged change) {
        this.sku = change.sku().value();
        copy(change);
    }

    Sku sku() {
        return new Sku(sku);
    }

    Money price() {
        return new Money(price, currency);
    }

    /** Takes what is told of it over, unless a later version is known already. */
    void apply(ProductChanged change) {
        if (!change.sku().equals(sku())) {
            throw new IllegalArgumentException(change.sku() + " is not " + sku);
        }
        if (change.version() > version) {
            copy(change);
        }
    }

    private void copy(ProductChanged change) {
        name = change.name();
        price = change.price().amount();
        currency = change.price().currency();
        version = change.version();
    }

    @Override
    public String getId() {
        return sku;
    }
}
