package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** No inbox entry and no stored response is older than the retention. */
final class RetentionIsBounded implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.messaging().forEach((database, rows) -> {
            if (rows.staleInbox() > 0) {
                violations.add(database, "has %d inbox entries older than the retention", rows.staleInbox());
            }
            if (rows.staleResponses() > 0) {
                violations.add(database, "has %d stored responses older than the retention", rows.staleResponses());
            }
        });
    }
}
