package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/** Whoever sorts a saga's messages by their hybrid times reads each reply after its command, and what came of it after the reply. */
final class TimelinesRespectCausality implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga != null && saga.effectsBeforeCauses() > 0) {
                findings.add(order.id(), "has %d entries stamped before what caused them", saga.effectsBeforeCauses());
            }
        }
    }
}
