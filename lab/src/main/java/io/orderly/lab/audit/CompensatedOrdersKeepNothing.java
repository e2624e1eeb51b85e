package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.PaymentRows.PaymentRow;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;
import java.util.List;

/** An order that was rejected or cancelled keeps no stock, no money and no slot. */
final class CompensatedOrdersKeepNothing implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status().isCompensated()) {
                for (ReservationRow reservation :
                        evidence.stock().reservations().getOrDefault(order.id(), List.of())) {
                    if (reservation.state() != ReservationRow.State.RELEASED) {
                        findings.add(order.id(), "is %s and keeps %s", order.status(), reservation);
                    }
                }
                PaymentRow payment = evidence.payments().payments().get(order.id());
                if (payment != null && payment.state().keepsMoney()) {
                    findings.add(order.id(), "is %s and its payment is %s", order.status(), payment.state());
                }
                ShipmentRow shipment = evidence.shipping().shipments().get(order.id());
                if (shipment != null && shipment.state() == ShipmentRow.State.SCHEDULED) {
                    findings.add(order.id(), "is %s and its parcel will leave", order.status());
                }
            }
        }
    }
}
