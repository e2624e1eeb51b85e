package io.orderly.console.audit;

import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.order.OrderStatus;
import java.util.List;
import java.util.function.Predicate;

/** The invariants of orders that their messages show. A message that was not read yet violates none of them. */
final class OrderInvariants {

    private static final List<Invariant<OrderFacts>> ALL = List.of(
            of("An order ends once", order -> order.ends().size() <= 1),
            of(
                    "An order has at most one payment and one shipment",
                    order -> order.paymentIds().size() <= 1
                            && order.shipmentIds().size() <= 1),
            of("A saga compensates nothing after its pivot", order -> !(order.committing() && order.compensating())),
            of(
                    "The stock of a rejected or cancelled order is not committed",
                    order -> !(order.committed()
                            && (order.ends().contains(OrderStatus.REJECTED)
                                    || order.ends().contains(OrderStatus.CANCELLED)))));

    private OrderInvariants() {}

    static List<Check> check(List<OrderFacts> orders) {
        return ALL.stream().map(invariant -> invariant.check(orders)).toList();
    }

    static List<Check> unknown(String why) {
        return ALL.stream().map(invariant -> invariant.unknown(why)).toList();
    }

    private static Invariant<OrderFacts> of(String sentence, Predicate<OrderFacts> holds) {
        return new Invariant<>(sentence, holds, order -> "order " + order.id());
    }
}
