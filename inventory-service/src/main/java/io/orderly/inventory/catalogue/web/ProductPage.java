package io.orderly.inventory.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Window;

/**
 * A page of the catalogue, in the order of the SKUs.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
record ProductPage(
        List<ProductView> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {

    static ProductPage of(Window<Product> window) {
        List<ProductView> page = window.stream().map(ProductView::of).toList();
        return new ProductPage(page, window.hasNext() ? page.getLast().sku() : null);
    }
}
