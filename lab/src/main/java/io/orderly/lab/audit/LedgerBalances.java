package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.PaymentRows.AccountRow;
import java.math.BigDecimal;

/** All entries of the ledger add up to nothing, and each account's balance is what its entries add up to. */
final class LedgerBalances implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        BigDecimal sum = evidence.payments().sums().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() != 0) {
            findings.add("ledger", "adds up to %s", sum);
        }
        for (AccountRow account : evidence.payments().accounts()) {
            if (account.balance().compareTo(account.entries()) != 0) {
                findings.add(
                        account.customer(),
                        "has a balance of %s, where the entries add up to %s",
                        account.balance(),
                        account.entries());
            }
        }
    }
}
