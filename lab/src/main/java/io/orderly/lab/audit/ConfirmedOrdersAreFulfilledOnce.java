package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;
import io.orderly.lab.evidence.PaymentRows.PaymentRow;
import io.orderly.lab.evidence.ShipmentRows.ShipmentRow;
import io.orderly.lab.evidence.StockRows.ReservationRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A confirmed order has shipped reservations for exactly the ordered quantities, a payment of exactly its total, and a
 * scheduled shipment.
 */
final class ConfirmedOrdersAreFulfilledOnce implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status() == Status.CONFIRMED) {
                checkStock(evidence, order, violations);
                checkPayment(evidence, order, violations);
                checkShipment(evidence, order, violations);
            }
        }
    }

    private static void checkStock(Evidence evidence, OrderRow order, ViolationCollector violations) {
        List<ReservationRow> reservations = evidence.stock().reservations().getOrDefault(order.id(), List.of());
        Map<String, Long> shipped = reservations.stream()
                .filter(reservation -> reservation.state() == ReservationRow.State.SHIPPED)
                .collect(Collectors.toMap(ReservationRow::sku, ReservationRow::quantity, Long::sum));
        if (!shipped.equals(order.quantities()) || shipped.size() != reservations.size()) {
            violations.add(
                    order.id(),
                    "is confirmed with %s ordered and the reservations %s",
                    order.quantities(),
                    reservations);
        }
    }

    private static void checkPayment(Evidence evidence, OrderRow order, ViolationCollector violations) {
        PaymentRow payment = evidence.payments().payments().get(order.id());
        if (payment == null || payment.state() != PaymentRow.State.CHARGED) {
            violations.add(order.id(), "is confirmed and not paid: %s", payment);
        } else if (payment.amount() == null || payment.amount().compareTo(order.total()) != 0) {
            violations.add(
                    order.id(), "is confirmed with a total of %s and a payment of %s", order.total(), payment.amount());
        }
    }

    private static void checkShipment(Evidence evidence, OrderRow order, ViolationCollector violations) {
        ShipmentRow shipment = evidence.shipping().shipments().get(order.id());
        if (shipment == null || shipment.state() != ShipmentRow.State.SCHEDULED) {
            violations.add(order.id(), "is confirmed without a scheduled shipment: %s", shipment);
        }
    }
}
