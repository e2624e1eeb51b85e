package io.orderly.shipping.dispatch.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import io.orderly.shipping.dispatch.Shipment;
import io.orderly.shipping.dispatch.Shipments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Shipments")
class ShipmentController {

    private final Shipments shipments;

    ShipmentController(Shipments shipments) {
        this.shipments = shipments;
    }

    @GetMapping("/shipments/{orderId}")
    @Operation(summary = "The parcel of an order")
    Shipment shipment(@PathVariable OrderId orderId) {
        return shipments
                .find(orderId)
                .orElseThrow(() -> ProblemException.notFound("Nothing was ever booked for order " + orderId + "."));
    }
}
