package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** Neither handled messages nor answers to requests are remembered for longer than they should be. */
final class MemoriesAreBounded implements Invariant {

    @Override
    public void check(Evidence evidence, Findings findings) {
        evidence.messaging().forEach((database, rows) -> {
            if (rows.staleInbox() > 0) {
                findings.add(database, "still remembers %d handled messages", rows.staleInbox());
            }
            if (rows.staleAnswers() > 0) {
                findings.add(database, "still remembers %d answers", rows.staleAnswers());
            }
        });
    }
}
