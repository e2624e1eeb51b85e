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

/** A confirmed order has shipped exactly what was ordered, is paid with exactly its total, and has one parcel. */
final class ConfirmedOrdersAreFulfilledOnce implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            if (order.status() == Status.CONFIRMED) {
                checkStock(evidence, order, findings);
                checkPayment(evidence, order, findings);
                checkShipment(evidence, order, findings);
            }
        }
    }

    private static void checkStock(Evidence evidence, OrderRow order, ViolationCollector findings) {
        List<ReservationRow> reservations = evidence.stock().reservations().getOrDefault(order.id(), List.of());
        Map<String, Long> shipped = reservations.stream()
                .filter(reservation -> reservation.state() == ReservationRow.State.SHIPPED)
                .collect(Collectors.toMap(ReservationRow::sku, ReservationRow::quantity, Long::sum));
        if (!shipped.equals(order.quantities()) || shipped.size() != reservations.size()) {
            findings.add(order.id(), "is confirmed with %s ordered and %s", order.quantities(), reservations);
        }
    }

    private static void checkPayment(Evidence evidence, OrderRow order, ViolationCollector findings) {
        PaymentRow payment = evidence.payments().payments().get(order.id());
        if (payment == null || payment.state() != PaymentRow.State.CHARGED) {
            findings.add(order.id(), "is confirmed and not paid: %s", payment);
        } else if (payment.amount() == null || payment.amount().compareTo(order.total()) != 0) {
            findings.add(order.id(), "is confirmed, costs %s, and %s was paid", order.total(), payment.amount());
        }
    }

    private static void checkShipment(Evidence evidence, OrderRow order, ViolationCollector findings) {
        ShipmentRow shipment = evidence.shipping().shipments().get(order.id());
        if (shipment == null || shipment.state() != ShipmentRow.State.SCHEDULED) {
            findings.add(order.id(), "is confirmed and no parcel will leave: %s", shipment);
        }
    }
}
