package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Every reservation, payment, shipment and event belongs to an existing order. Compensated effects are exempt: an
 * anti-pattern calls the participants before it stores the order.
 */
final class EffectsHaveAnOrder implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        check(
                evidence,
                violations,
                "stock",
                evidence.stock().reservations(),
                reservations -> reservations.stream()
                        .anyMatch(reservation -> reservation.state() != ReservationRow.State.RELEASED));
        check(
                evidence,
                violations,
                "a payment",
                evidence.payments().payments(),
                payment -> payment.state().keepsMoney());
        check(
                evidence,
                violations,
                "money in the ledger",
                evidence.payments().movements(),
                movements -> movements.keepsMoney());
        check(
                evidence,
                violations,
                "a shipment",
                evidence.shipping().shipments(),
                shipment -> shipment.state() == ShipmentRow.State.SCHEDULED);
        check(evidence, violations, "events", evidence.events().byOrder(), _ -> true);
    }

    private static <T> void check(
            Evidence evidence,
            ViolationCollector violations,
            String what,
            Map<OrderId, T> effects,
            Predicate<T> lasts) {
        effects.forEach((owner, effect) -> {
            if (lasts.test(effect) && !evidence.orders().orders().containsKey(owner)) {
                violations.add(owner, "has %s and does not exist", what);
            }
        });
    }
}
