package io.orderly.shipping.dispatch.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.OrderId;
import io.orderly.shipping.dispatch.Shipment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some shipments, those of the newest orders first.
 *
 * @param next what to give as {@code after} to get the page that follows; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShipmentPage(List<Shipment> shipments, @Nullable OrderId next) {

    /** @param found up to one more than the page holds, which tells that another one follows */
    static ShipmentPage of(List<Shipment> found, int size) {
        if (found.size() <= size) {
            return new ShipmentPage(found, null);
        }
        List<Shipment> page = found.subList(0, size);
        return new ShipmentPage(page, page.getLast().orderId());
    }
}
