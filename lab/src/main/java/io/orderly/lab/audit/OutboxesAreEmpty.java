package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** No message waits to be published. */
final class OutboxesAreEmpty implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.messaging().forEach((database, rows) -> {
            if (rows.unpublished() > 0) {
                violations.add(
                        database, "has %d unpublished messages, first %s", rows.unpublished(), rows.firstUnpublished());
            }
        });
    }
}
