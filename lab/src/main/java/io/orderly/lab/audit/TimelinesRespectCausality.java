package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/**
 * Hybrid timestamps order a saga's messages causally: each reply after its command, and the effects of a reply after
 * the reply.
 */
final class TimelinesRespectCausality implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga != null && saga.effectsBeforeCauses() > 0) {
                violations.add(
                        order.id(),
                        "has %d timeline entries with a timestamp before their cause",
                        saga.effectsBeforeCauses());
            }
        }
    }
}
