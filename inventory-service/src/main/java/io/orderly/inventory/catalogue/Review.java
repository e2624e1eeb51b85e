package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import java.time.LocalDate;

/**
 * What a customer thinks of a product.
 *
 * @param rating 1, the worst, to 5
 */
public record Review(Sku sku, String author, int rating, String body, LocalDate writtenOn) {}
