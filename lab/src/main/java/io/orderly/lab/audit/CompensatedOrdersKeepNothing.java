package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.PaymentRows.PaymentRow;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;
import java.util.List;

/** A rejected or cancelled order has no reserved or shipped stock, no money and no shipping slot. */
final class CompensatedOrdersKeepNothing implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status().isCompensated()) {
                for (ReservationRow reservation :
                        evidence.stock().reservations().getOrDefault(order.id(), List.of())) {
                    if (reservation.state() != ReservationRow.State.RELEASED) {
                        violations.add(order.id(), "is %s and keeps %s", order.status(), reservation);
                    }
                }
                PaymentRow payment = evidence.payments().payments().get(order.id());
                if (payment != null && payment.state().keepsMoney()) {
                    violations.add(order.id(), "is %s and its payment is %s", order.status(), payment.state());
                }
                ShipmentRow shipment = evidence.shipping().shipments().get(order.id());
                if (shipment != null && shipment.state() == ShipmentRow.State.SCHEDULED) {
                    violations.add(order.id(), "is %s and its shipment is scheduled", order.status());
                }
            }
        }
    }
}
