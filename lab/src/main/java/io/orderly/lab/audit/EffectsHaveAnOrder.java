package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.Evidence;
import java.util.Set;

/** No stock, payment, movement of money, parcel or event is for an order that does not exist. */
final class EffectsHaveAnOrder implements Invariant {

    @Override
    public void check(Evidence evidence, Findings findings) {
        Set<OrderId> orders = evidence.orders().orders().keySet();
        check(findings, orders, "a reservation", evidence.stock().reservations().keySet());
        check(findings, orders, "a payment", evidence.payments().payments().keySet());
        check(
                findings,
                orders,
                "entries in the ledger",
                evidence.payments().movements().keySet());
        check(findings, orders, "a shipment", evidence.shipping().shipments().keySet());
        check(findings, orders, "events", evidence.facts().byOrder().keySet());
    }

    private static void check(Findings findings, Set<OrderId> orders, String what, Set<OrderId> owners) {
        for (OrderId owner : owners) {
            if (!orders.contains(owner)) {
                findings.add(owner, "has %s and does not exist", what);
            }
        }
    }
}
