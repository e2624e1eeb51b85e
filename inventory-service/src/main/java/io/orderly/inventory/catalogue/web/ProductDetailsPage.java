package io.orderly.inventory.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of several product pages.
 *
 * @param next as in {@link ProductPage}
 */
record ProductDetailsPage(
        List<ProductDetails> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {}
