package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/** Every order has a saga, and the order's status is what the saga says. */
final class OrdersAndSagasAgree implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga == null) {
                findings.add(order.id(), "has no saga");
            } else if (saga.status() != order.status()) {
                findings.add(order.id(), "is %s, but its saga is at %s", order.status(), saga);
            }
        }
    }
}
