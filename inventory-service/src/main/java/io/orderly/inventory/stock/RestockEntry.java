package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A journal entry: units of a product that were added to its stock. */
@Entity
@Table(name = "restocks")
@Immutable
class RestockEntry {

    @Id
    @GeneratedValue
    private UUID id;

    private String sku;

    private long quantity;

    private Instant restockedAt;

    protected RestockEntry() {}

    /** @param quantity above zero */
    RestockEntry(Sku sku, long quantity, Instant restockedAt) {
        this.sku = sku.value();
        this.quantity = quantity;
        this.restockedAt = restockedAt;
    }
}
