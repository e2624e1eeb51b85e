package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.SagaRow;

/** The entries of every saga's timeline are numbered from 1 to the size stored in the saga, without gaps. */
final class TimelinesHaveNoGaps implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            SagaRow saga = order.saga();
            if (saga != null
                    && (saga.timelineEntries() != saga.timelineSize()
                            || saga.lastTimelineEntry() != saga.timelineSize())) {
                violations.add(
                        order.id(),
                        "has a timeline of %d entries with the last number %d, and a saga with a timeline size of %d",
                        saga.timelineEntries(),
                        saga.lastTimelineEntry(),
                        saga.timelineSize());
            }
        }
    }
}
