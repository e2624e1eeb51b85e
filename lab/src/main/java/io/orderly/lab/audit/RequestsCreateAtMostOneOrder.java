package io.orderly.lab.audit;

import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import java.util.List;

/** A request creates at most one order, regardless of retries and lost responses. */
final class RequestsCreateAtMostOneOrder implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        var orders = evidence.orders().byParcelName();
        for (Request request : evidence.clients().requests().values()) {
            List<OrderRow> made = orders.getOrDefault(request.key(), List.of());
            if (made.size() > 1) {
                violations.add(
                        request.key(),
                        "has created %s",
                        made.stream().map(OrderRow::id).toList());
            }
            if (request.acknowledged().size() > 1) {
                violations.add(request.key(), "was acknowledged with %s", request.acknowledged());
            }
        }
    }
}
