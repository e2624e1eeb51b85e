package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;

/** Whoever was told that an order is accepted finds it, and it is the one she placed. */
final class AcknowledgedOrdersExist implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (Request request : evidence.clients().requests().values()) {
            for (OrderId acknowledged : request.acknowledged()) {
                OrderRow order = evidence.orders().orders().get(acknowledged);
                if (order == null) {
                    findings.add(acknowledged, "was acknowledged to %s and is not there", request.key());
                } else if (!order.parcelName().equals(request.key())) {
                    findings.add(
                            acknowledged, "was acknowledged to %s and is for %s", request.key(), order.parcelName());
                }
            }
        }
    }
}
