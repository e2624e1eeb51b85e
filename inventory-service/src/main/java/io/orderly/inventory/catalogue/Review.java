package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer's review of a product. */
@Entity
@Table(name = "reviews")
@Immutable
public class Review {

    /** Orders the reviews of one day: a later review has a higher id. */
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "review_ids")
    @SequenceGenerator(name = "review_ids", sequenceName = "review_ids", allocationSize = 100)
    private @Nullable Long id;

    private String sku;

    private String author;

    private int rating;

    private String body;

    private LocalDate writtenOn;

    protected Review() {}

    Review(Sku sku, String author, int rating, String body, LocalDate writtenOn) {
        this.sku = sku.value();
        this.author = author;
        this.rating = rating;
        this.body = body;
        this.writtenOn = writtenOn;
    }

    public Sku sku() {
        return new Sku(sku);
    }

    public String author() {
        return author;
    }

    /** From 1, the worst, to 5. */
    public int rating() {
        return rating;
    }

    public String body() {
        return body;
    }

    public LocalDate writtenOn() {
        return writtenOn;
    }
}
