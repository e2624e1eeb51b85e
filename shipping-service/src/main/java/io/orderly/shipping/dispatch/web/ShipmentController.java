package io.orderly.shipping.dispatch.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import io.orderly.shipping.dispatch.Shipment;
import io.orderly.shipping.dispatch.Shipments;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShipmentController {

    private final Shipments shipments;

    ShipmentController(Shipments shipments) {
        this.shipments = shipments;
    }

    @GetMapping("/shipments/{orderId}")
    Shipment shipment(@PathVariable OrderId orderId) {
        return shipments
                .find(orderId)
                .orElseThrow(() -> ProblemException.notFound("Nothing was ever booked for order " + orderId + "."));
    }
}
