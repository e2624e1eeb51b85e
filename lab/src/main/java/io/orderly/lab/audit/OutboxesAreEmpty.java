package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** Nothing waits to be published. */
final class OutboxesAreEmpty implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        evidence.messaging().forEach((database, rows) -> {
            if (rows.unpublished() > 0) {
                findings.add(
                        database, "has %d unpublished messages, first %s", rows.unpublished(), rows.firstUnpublished());
            }
        });
    }
}
