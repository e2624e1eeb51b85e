package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Review;
import java.time.LocalDate;

/**
 * A customer's review of a product.
 *
 * @param rating from 1, the worst, to 5
 */
record ReviewView(Sku sku, String author, int rating, String body, LocalDate writtenOn) {

    static ReviewView of(Review review) {
        return new ReviewView(review.sku(), review.author(), review.rating(), review.body(), review.writtenOn());
    }
}
