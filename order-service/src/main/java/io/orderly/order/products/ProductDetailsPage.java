package io.orderly.order.products;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products in the order of their SKUs.
 *
 * @param next to be given as {@code after} for the page that follows; absent on the last one
 */
public record ProductDetailsPage(
        List<ProductDetails> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {}
