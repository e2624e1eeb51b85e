package io.orderly.lab.audit;

import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import java.util.List;

/** A request that was told no, for good, has left neither an order nor an answer to be repeated. */
final class RefusedRequestsLeaveNothing implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        var orders = evidence.orders().byParcelName();
        for (Request request : evidence.clients().requests().values()) {
            if (request.isRefused()) {
                orders.getOrDefault(request.key(), List.of())
                        .forEach(order ->
                                findings.add(request.key(), "was refused and has left the order %s", order.id()));
                if (evidence.orders().storedResponses().containsKey(request.key())) {
                    findings.add(request.key(), "was refused and has left an answer under its key");
                }
            }
        }
    }
}
