package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.PaymentRows.Movements;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The amount that the provider has charged for an order equals the amount in the ledger, and the provider has no open
 * authorisation.
 */
final class LedgerMatchesProvider implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        Map<OrderId, BigDecimal> chargedByProvider = new HashMap<>();
        for (BookLine line : evidence.book()) {
            if (line.status() == BookLine.Status.AUTHORIZED) {
                violations.add(line.key(), "is authorised at the provider, and neither captured nor voided");
            }
            if (line.status() == BookLine.Status.CHARGED && line.amount() != null) {
                BigDecimal amount = line.amount();
                line.order().ifPresent(order -> chargedByProvider.merge(order, amount, BigDecimal::add));
            }
        }
        Map<OrderId, Movements> ledger = evidence.payments().movements();
        TreeSet<OrderId> orders = new TreeSet<>(chargedByProvider.keySet());
        orders.addAll(ledger.keySet());
        for (OrderId order : orders) {
            BigDecimal charged = chargedByProvider.getOrDefault(order, BigDecimal.ZERO);
            BigDecimal posted = ledger.getOrDefault(order, Movements.NONE).taken();
            if (charged.compareTo(posted) != 0) {
                violations.add(order, "has %s charged by the provider and %s in the ledger", charged, posted);
            }
        }
    }
}
