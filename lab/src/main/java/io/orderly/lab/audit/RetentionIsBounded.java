package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** Neither handled messages nor answers to requests are remembered for longer than they should be. */
final class RetentionIsBounded implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        evidence.messaging().forEach((database, rows) -> {
            if (rows.staleInbox() > 0) {
                findings.add(database, "still remembers %d handled messages", rows.staleInbox());
            }
            if (rows.staleResponses() > 0) {
                findings.add(database, "still remembers %d answers", rows.staleResponses());
            }
        });
    }
}
