package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/** Every order has a saga, and the order's status matches the saga's phase. */
final class OrdersAndSagasAgree implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga == null) {
                violations.add(order.id(), "has no saga");
            } else if (saga.status() != order.status()) {
                violations.add(order.id(), "is %s, and its saga is in %s", order.status(), saga);
            }
        }
    }
}
