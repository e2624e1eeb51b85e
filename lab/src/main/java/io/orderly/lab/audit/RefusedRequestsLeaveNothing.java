package io.orderly.lab.audit;

import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import java.util.List;

/** A request that was rejected with a permanent error has neither an order nor a stored response. */
final class RefusedRequestsLeaveNothing implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        var orders = evidence.orders().byParcelName();
        for (Request request : evidence.clients().requests().values()) {
            if (request.isRefused()) {
                orders.getOrDefault(request.key(), List.of())
                        .forEach(
                                order -> violations.add(request.key(), "was refused and has the order %s", order.id()));
                if (evidence.orders().storedResponses().containsKey(request.key())) {
                    violations.add(request.key(), "was refused and has a stored response");
                }
            }
        }
    }
}
