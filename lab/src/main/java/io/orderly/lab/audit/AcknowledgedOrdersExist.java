package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;

/** Every order that was acknowledged to a client exists and belongs to the client's request. */
final class AcknowledgedOrdersExist implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (Request request : evidence.clients().requests().values()) {
            for (OrderId acknowledged : request.acknowledged()) {
                OrderRow order = evidence.orders().orders().get(acknowledged);
                if (order == null) {
                    violations.add(acknowledged, "was acknowledged to %s and does not exist", request.key());
                } else if (!order.parcelName().equals(request.key())) {
                    violations.add(
                            acknowledged,
                            "was acknowledged to %s and belongs to %s",
                            request.key(),
                            order.parcelName());
                }
            }
        }
    }
}
