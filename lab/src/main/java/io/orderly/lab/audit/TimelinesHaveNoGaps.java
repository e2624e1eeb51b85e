package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/** Every saga's timeline is numbered from 1 to as many as the saga knows of, without gaps. */
final class TimelinesHaveNoGaps implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga != null
                    && (saga.timelineEntries() != saga.timelineSize()
                            || saga.lastTimelineEntry() != saga.timelineSize())) {
                findings.add(
                        order.id(),
                        "has a timeline of %d entries up to number %d, where its saga knows of %d",
                        saga.timelineEntries(),
                        saga.lastTimelineEntry(),
                        saga.timelineSize());
            }
        }
    }
}
