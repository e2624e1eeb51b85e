package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;

/** An order whose cancellation was accepted is neither confirmed nor rejected. */
final class CancellationsAreHonoured implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (Request request : evidence.clients().requests().values()) {
            for (OrderId cancelled : request.cancelled()) {
                OrderRow order = evidence.orders().orders().get(cancelled);
                if (order != null && order.status().isTerminal() && order.status() != Status.CANCELLED) {
                    violations.add(cancelled, "has an accepted cancellation and is %s", order.status());
                }
            }
        }
    }
}
