package io.orderly.order.products;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of products in the order of their SKUs.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
public record ProductDetailsPage(
        List<ProductDetails> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {}
