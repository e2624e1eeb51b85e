package io.orderly.inventory.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the pages of some products show, in one answer.
 *
 * @param next as in a {@link ProductPage}
 */
record ProductDetailsPage(
        List<ProductDetails> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {}
