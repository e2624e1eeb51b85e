package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.PaymentRows.Movements;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What the provider has taken for an order is what the ledger says was taken, to the cent; and it holds nothing besides. */
final class LedgerMatchesProvider implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        Map<OrderId, BigDecimal> theirs = new HashMap<>();
        for (BookLine line : evidence.book()) {
            if (line.status() == BookLine.Status.AUTHORIZED) {
                findings.add(line.key(), "is authorised at the provider, and neither captured nor voided");
            }
            if (line.status() == BookLine.Status.CHARGED && line.amount() != null) {
                BigDecimal amount = line.amount();
                line.order().ifPresent(order -> theirs.merge(order, amount, BigDecimal::add));
            }
        }
        Map<OrderId, Movements> ours = evidence.payments().movements();
        TreeSet<OrderId> orders = new TreeSet<>(theirs.keySet());
        orders.addAll(ours.keySet());
        for (OrderId order : orders) {
            BigDecimal taken = theirs.getOrDefault(order, BigDecimal.ZERO);
            BigDecimal posted = ours.getOrDefault(order, Movements.NONE).taken();
            if (taken.compareTo(posted) != 0) {
                findings.add(order, "has %s taken by the provider and %s in the ledger", taken, posted);
            }
        }
    }
}
