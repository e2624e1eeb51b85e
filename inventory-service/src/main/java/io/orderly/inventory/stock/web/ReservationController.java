package io.orderly.inventory.stock.web;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Reservation;
import io.orderly.inventory.stock.ReservationLists;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the reservations of an order and of a product. */
@RestController
@Tag(name = "Reservations")
class ReservationController {

    private static final int MAX_PAGE = 200;

    private final ReservationLists reservations;
    private final StockItems stock;

    ReservationController(ReservationLists reservations, StockItems stock) {
        this.reservations = reservations;
        this.stock = stock;
    }

    @GetMapping("/reservations/{orderId}")
    @Operation(summary = "The reservation of an order and its state")
    ReservationView reservation(@PathVariable OrderId orderId) {
        List<Reservation> found = reservations.findByOrderIdOrderBySku(orderId.value());
        if (found.isEmpty()) {
            throw ProblemException.notFound("Nothing was ever reserved for order " + orderId + ".");
        }
        return ReservationView.of(found);
    }

    @GetMapping("/products/{sku}/reservations")
    @Operation(
            summary = "The reservations of a product, in any state, those of the newest orders first",
            description = "Sorted by order id, which sorts by the time of placing.")
    ProductReservationPage reservations(
            @PathVariable Sku sku,
            @RequestParam(required = false) @Nullable OrderId after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE) int limit) {
        if (!stock.existsById(sku.value())) {
            throw ProblemException.notFound("There is no product " + sku + ".");
        }
        return ProductReservationPage.of(reservations.ofProduct(sku, after, limit + 1), limit);
    }
}
