package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** No transaction remains prepared: it would hold its locks indefinitely. */
final class NoTransactionStaysPrepared implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.preparedTransactions().forEach(id -> violations.add(id, "is still prepared"));
    }
}
