package io.orderly.inventory.stock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.OrderId;
import io.orderly.inventory.stock.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the reservations of a product, those of the newest orders first.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductReservationPage(
        List<ProductReservation> reservations, @Nullable OrderId next) {

    /** @param found up to {@code size + 1} reservations; the additional element shows that there is a next page */
    static ProductReservationPage of(List<Reservation> found, int size) {
        List<ProductReservation> page =
                found.stream().limit(size).map(ProductReservation::of).toList();
        return new ProductReservationPage(
                page, found.size() > size ? page.getLast().orderId() : null);
    }
}
