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
 * The latest known state of a product of the inventory-service. The version is assigned by the inventory-service; this service
 * changes a product under the lock of its row.
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

    private long revision;

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

    /** The number of the change that this is from, among those of all products; 0 if it has none. */
    long revision() {
        return revision;
    }

    /** Applies the change, unless a version at least as new is stored already. */
    void apply(ProductChanged change) {
        if (!change.sku().equals(sku())) {
            throw new IllegalArgumentException("expected a change of %s, got one of %s".formatted(sku, change.sku()));
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
        revision = change.revision() == null ? 0 : change.revision();
    }

    @Override
    public String getId() {
        return sku;
    }
}
