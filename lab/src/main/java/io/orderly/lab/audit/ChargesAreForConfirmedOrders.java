package io.orderly.lab.audit;

import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** Every charge at the provider that was not refunded belongs to a confirmed or parked order. */
final class ChargesAreForConfirmedOrders implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (BookLine line : evidence.book()) {
            if (line.status() == BookLine.Status.CHARGED) {
                OrderRow order =
                        line.order().map(evidence.orders().orders()::get).orElse(null);
                if (order == null) {
                    violations.add(line.key(), "was charged without an order: %s", line.reference());
                } else if (order.status() != Status.CONFIRMED && order.status() != Status.PARKED) {
                    violations.add(order.id(), "is %s, and %s is charged", order.status(), line.key());
                }
            }
        }
    }
}
