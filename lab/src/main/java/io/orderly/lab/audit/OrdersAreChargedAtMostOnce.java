package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Neither the ledger nor the provider has more than one charge for an order, including refunded charges. */
final class OrdersAreChargedAtMostOnce implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.payments().movements().forEach((order, movements) -> {
            if (movements.captures() > 1) {
                violations.add(order, "was charged %d times in the ledger", movements.captures());
            }
        });
        Map<OrderId, List<String>> charges = new TreeMap<>();
        for (BookLine line : evidence.book()) {
            boolean charged = line.status() == BookLine.Status.CHARGED || line.status() == BookLine.Status.REFUNDED;
            if (charged) {
                line.order()
                        .ifPresent(order -> charges.computeIfAbsent(order, _ -> new ArrayList<>())
                                .add(line.key()));
            }
        }
        charges.forEach((order, keys) -> {
            if (keys.size() > 1) {
                violations.add(order, "was charged by the provider as %s", keys);
            }
        });
    }
}
