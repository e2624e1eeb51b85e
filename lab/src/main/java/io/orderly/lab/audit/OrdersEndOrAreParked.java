package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** Every order there is, acknowledged or not, has come to its end or is visibly parked. */
final class OrdersEndOrAreParked implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status() == Status.PENDING) {
                findings.add(order.id(), "has come to no end: %s", order.saga());
            }
        }
    }
}
