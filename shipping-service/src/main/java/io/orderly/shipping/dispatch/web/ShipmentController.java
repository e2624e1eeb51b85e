package io.orderly.shipping.dispatch.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import io.orderly.shipping.dispatch.Shipment;
import io.orderly.shipping.dispatch.ShipmentFilter;
import io.orderly.shipping.dispatch.ShipmentLists;
import io.orderly.shipping.dispatch.Shipments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/shipments")
@Tag(name = "Shipments")
class ShipmentController {

    private static final int MAX_PAGE = 200;
    private static final int LAST_YEAR = 9_999;

    private final Shipments shipments;
    private final ShipmentLists lists;

    ShipmentController(Shipments shipments, ShipmentLists lists) {
        this.shipments = shipments;
        this.lists = lists;
    }

    @GetMapping("/{orderId}")
    @Operation(summary = "The shipment of an order")
    ShipmentView shipment(@PathVariable OrderId orderId) {
        return shipments
                .findById(orderId.value())
                .map(ShipmentView::of)
                .orElseThrow(() -> ProblemException.notFound("There is no shipment for order " + orderId + "."));
    }

    @GetMapping
    @Operation(
            summary = "Shipments, newest order first",
            description =
                    "Sorted by order id, which increases with the time of placement. A region is a country code, a day is "
                            + "the day on which the shipment leaves.")
    ShipmentPage list(
            @RequestParam(required = false) Shipment.@Nullable State state,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = "^[A-Z]{2}$", message = "must be two capital letters") String region,
            @RequestParam(required = false) @Nullable OrderId after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE) int limit) {
        if (day != null && (day.getYear() < 0 || day.getYear() > LAST_YEAR)) {
            throw ProblemException.invalid("day", "must be a date such as 2026-11-23");
        }
        return ShipmentPage.of(lists.newestFirst(new ShipmentFilter(state, day, region, after), limit));
    }
}
