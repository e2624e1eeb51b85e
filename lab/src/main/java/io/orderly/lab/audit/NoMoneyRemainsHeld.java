package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import java.math.BigDecimal;

/** With no payment under way, no money is set aside; and every payment has been settled. */
final class NoMoneyRemainsHeld implements Invariant {

    private static final String HELD = "held";

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        BigDecimal held = evidence.payments().sums().getOrDefault(HELD, BigDecimal.ZERO);
        if (held.signum() != 0) {
            findings.add("account " + HELD, "has %s", held);
        }
        evidence.payments().movements().forEach((order, movements) -> {
            if (movements.held().signum() != 0) {
                findings.add(order, "has %s set aside", movements.held());
            }
        });
        evidence.payments().payments().values().stream()
                .filter(payment -> payment.isOpen())
                .forEach(payment -> findings.add(payment.orderId(), "has a payment that is still %s", payment.state()));
    }
}
