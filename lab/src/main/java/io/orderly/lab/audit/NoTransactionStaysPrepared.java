package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;

/** No transaction was prepared and then forgotten: it would hold its locks for ever. */
final class NoTransactionStaysPrepared implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        evidence.preparedTransactions().forEach(id -> findings.add(id, "is still prepared"));
    }
}
