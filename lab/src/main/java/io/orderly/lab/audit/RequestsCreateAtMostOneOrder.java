package io.orderly.lab.audit;

import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import java.util.List;

/** However often a request was sent and whatever became of its answers, it made one order at most. */
final class RequestsCreateAtMostOneOrder implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        var orders = evidence.orders().byParcelName();
        for (Request request : evidence.clients().requests().values()) {
            List<OrderRow> made = orders.getOrDefault(request.key(), List.of());
            if (made.size() > 1) {
                findings.add(
                        request.key(),
                        "has made %s",
                        made.stream().map(OrderRow::id).toList());
            }
            if (request.acknowledged().size() > 1) {
                findings.add(request.key(), "was told of %s", request.acknowledged());
            }
        }
    }
}
