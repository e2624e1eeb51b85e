package io.orderly.inventory.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the catalogue, in the order of the SKUs.
 *
 * @param next the cursor of the page that follows, to be given as {@code after}; absent on the last page
 */
record ProductPage(
        List<Product> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sku next) {

    /** @param found up to one more than the page holds, which tells that another one follows */
    static ProductPage of(List<Product> found, int size) {
        if (found.size() <= size) {
            return new ProductPage(found, null);
        }
        List<Product> page = found.subList(0, size);
        return new ProductPage(page, page.getLast().sku());
    }
}
