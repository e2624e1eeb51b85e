package io.orderly.shipping.dispatch.web;

import io.orderly.kit.web.ProblemException;
import io.orderly.shipping.dispatch.BookableCapacity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Capacity")
class CapacityController {

    private final BookableCapacity outlook;

    CapacityController(BookableCapacity outlook) {
        this.outlook = outlook;
    }

    /** The days on which a shipment to the region can be booked now, earliest first. */
    @GetMapping("/capacity")
    @Operation(summary = "The days on which a shipment to a region can be booked now, earliest first")
    List<CapacityDayView> capacity(@RequestParam String region) {
        return outlook.of(region).orElseThrow(() -> ProblemException.invalid("region", "is not served")).stream()
                .map(CapacityDayView::of)
                .toList();
    }
}
