package io.orderly.inventory.stock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.OrderId;
import io.orderly.inventory.stock.ProductReservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some reservations of a product, those of the newest orders first.
 *
 * @param next what to give as {@code after} to get the page that follows; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductReservationPage(
        List<ProductReservation> reservations, @Nullable OrderId next) {

    /** @param found up to one more than the page holds, which tells that another one follows */
    static ProductReservationPage of(List<ProductReservation> found, int size) {
        if (found.size() <= size) {
            return new ProductReservationPage(found, null);
        }
        List<ProductReservation> page = found.subList(0, size);
        return new ProductReservationPage(page, page.getLast().orderId());
    }
}
