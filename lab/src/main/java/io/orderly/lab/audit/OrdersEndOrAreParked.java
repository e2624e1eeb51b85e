package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** Every order, acknowledged or not, is in a terminal status or parked. */
final class OrdersEndOrAreParked implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status() == Status.PENDING) {
                violations.add(order.id(), "is still pending: %s", order.saga());
            }
        }
    }
}
