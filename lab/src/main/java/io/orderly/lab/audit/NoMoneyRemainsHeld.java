package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import java.math.BigDecimal;

/** When no work is pending, no money is held and every payment is settled. */
final class NoMoneyRemainsHeld implements Invariant {

    private static final String HELD = "held";

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        BigDecimal held = evidence.payments().sums().getOrDefault(HELD, BigDecimal.ZERO);
        if (held.signum() != 0) {
            violations.add("account " + HELD, "has a balance of %s", held);
        }
        evidence.payments().movements().forEach((order, movements) -> {
            if (movements.held().signum() != 0) {
                violations.add(order, "has %s held", movements.held());
            }
        });
        evidence.payments().payments().values().stream()
                .filter(payment -> payment.isOpen())
                .forEach(payment ->
                        violations.add(payment.orderId(), "has a payment that is still %s", payment.state()));
    }
}
