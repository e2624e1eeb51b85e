package io.orderly.lab.audit;

import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows;
import io.orderly.lab.evidence.PaymentRows.PaymentRow;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;

/** Every order, reservation, payment, shipment and line of the provider's book is in a state that the audit knows. */
final class StatesAreKnown implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.orders().orders().forEach((id, order) -> {
            if (order.status() == OrderRows.Status.UNKNOWN) {
                violations.add(id, "has an unknown status in the table orders");
            }
        });
        evidence.stock().reservations().forEach((order, reservations) -> {
            if (reservations.stream().anyMatch(each -> each.state() == ReservationRow.State.UNKNOWN)) {
                violations.add(order, "has an unknown state in the table reservations");
            }
        });
        evidence.payments().payments().forEach((order, payment) -> {
            if (payment.state() == PaymentRow.State.UNKNOWN) {
                violations.add(order, "has an unknown state in the table payments");
            }
        });
        evidence.shipping().shipments().forEach((order, shipment) -> {
            if (shipment.state() == ShipmentRow.State.UNKNOWN) {
                violations.add(order, "has an unknown state in the table shipments");
            }
        });
        for (BookLine line : evidence.book()) {
            if (line.status() == BookLine.Status.UNKNOWN) {
                violations.add(line.key(), "has an unknown status in the provider's book");
            }
        }
    }
}
