package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/**
 * A product of the catalogue. It is changed only under the lock of {@link Products#lock}, so that its versions are published in
 * order.
 */
@Entity
@Table(name = "products")
public class Product extends AssignedIdEntity<String> {

    @Id
    private String sku;

    @Column(updatable = false)
    private String name;

    @Column(updatable = false)
    private String description;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    private Category category;

    private BigDecimal price;

    @Column(updatable = false)
    private String currency;

    private long version;

    private long revision;

    protected Product() {}

    /** @param price the price of one unit, above zero */
    Product(Sku sku, String name, String description, Category category, Money price) {
        this.sku = sku.value();
        this.name = name;
        this.description = description;
        this.category = category;
        this.price = price.amount();
        this.currency = price.currency();
        this.version = 1;
    }

    /**
     * @param newPrice above zero; its currency must not change, because the lines of an order must have one currency
     * @return whether the price changed
     * @throws CurrencyMismatchException if the currency differs
     */
    boolean changePrice(Money newPrice) {
        if (!newPrice.currency().equals(currency)) {
            throw new CurrencyMismatchException(sku(), currency, newPrice.currency());
        }
        if (newPrice.equals(price())) {
            return false;
        }
        price = newPrice.amount();
        version++;
        return true;
    }

    /** @param newRevision the number of the change in the catalogue */
    void changedAs(long newRevision) {
        revision = newRevision;
    }

    ProductChanged toMessage() {
        return new ProductChanged(sku(), name, price(), version, revision == 0 ? null : revision);
    }

    public Sku sku() {
        return new Sku(sku);
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public Category category() {
        return category;
    }

    /** The price of one unit, above zero. */
    public Money price() {
        return new Money(price, currency);
    }

    /** 1 initially, incremented by every change. */
    public long version() {
        return version;
    }

    /** The number of the last change of the product in the catalogue; 0 if it has none. */
    public long revision() {
        return revision;
    }

    @Override
    public String getId() {
        return sku;
    }
}
