package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** A customer who was told that her order is being cancelled gets it neither delivered nor rejected. */
final class CancellationsAreHonoured implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (Request request : evidence.clients().requests().values()) {
            for (OrderId cancelled : request.cancelled()) {
                OrderRow order = evidence.orders().orders().get(cancelled);
                if (order != null && order.status().isTerminal() && order.status() != Status.CANCELLED) {
                    findings.add(cancelled, "was to be cancelled and is %s", order.status());
                }
            }
        }
    }
}
