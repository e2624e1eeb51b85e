package io.orderly.lab.audit;

import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** What the provider has taken and not given back is for an order that is confirmed, or that an operator still looks at. */
final class ChargesAreForConfirmedOrders implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (BookLine line : evidence.book()) {
            if (line.status() == BookLine.Status.CHARGED) {
                OrderRow order =
                        line.order().map(evidence.orders().orders()::get).orElse(null);
                if (order == null) {
                    findings.add(line.key(), "was charged for no order: %s", line.reference());
                } else if (order.status() != Status.CONFIRMED && order.status() != Status.PARKED) {
                    findings.add(order.id(), "is %s, and %s is charged", order.status(), line.key());
                }
            }
        }
    }
}
