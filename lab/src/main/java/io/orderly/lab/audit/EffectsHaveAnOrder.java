package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;
import java.util.Map;
import java.util.function.Predicate;

/**
 * No stock, money, parcel or event is for an order that does not exist. What was undone is for nobody: an order that is tried before
 * it is stored may leave the traces of that.
 */
final class EffectsHaveAnOrder implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        check(
                evidence,
                findings,
                "stock",
                evidence.stock().reservations(),
                reservations -> reservations.stream()
                        .anyMatch(reservation -> reservation.state() != ReservationRow.State.RELEASED));
        check(
                evidence,
                findings,
                "a payment",
                evidence.payments().payments(),
                payment -> payment.state().keepsMoney());
        check(
                evidence,
                findings,
                "money in the ledger",
                evidence.payments().movements(),
                movements -> movements.keepsMoney());
        check(
                evidence,
                findings,
                "a shipment",
                evidence.shipping().shipments(),
                shipment -> shipment.state() == ShipmentRow.State.SCHEDULED);
        check(evidence, findings, "events", evidence.events().byOrder(), _ -> true);
    }

    private static <T> void check(
            Evidence evidence, ViolationCollector findings, String what, Map<OrderId, T> effects, Predicate<T> lasts) {
        effects.forEach((owner, effect) -> {
            if (lasts.test(effect) && !evidence.orders().orders().containsKey(owner)) {
                findings.add(owner, "has %s and does not exist", what);
            }
        });
    }
}
