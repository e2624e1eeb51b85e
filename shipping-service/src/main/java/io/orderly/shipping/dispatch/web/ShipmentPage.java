package io.orderly.shipping.dispatch.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.OrderId;
import io.orderly.shipping.dispatch.Shipment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Window;

/**
 * A page of shipments, newest order first.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShipmentPage(List<ShipmentView> shipments, @Nullable OrderId next) {

    static ShipmentPage of(Window<Shipment> window) {
        List<ShipmentView> page = window.stream().map(ShipmentView::of).toList();
        return new ShipmentPage(page, window.hasNext() ? page.getLast().orderId() : null);
    }
}
