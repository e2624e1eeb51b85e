package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.PaymentRows.AccountRow;
import java.math.BigDecimal;

/** The sum of all ledger entries is zero, and each account's balance equals the sum of its entries. */
final class LedgerBalances implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        BigDecimal sum = evidence.payments().sums().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() != 0) {
            violations.add("ledger", "has entries with the sum %s", sum);
        }
        for (AccountRow account : evidence.payments().accounts()) {
            if (account.balance().compareTo(account.entries()) != 0) {
                violations.add(
                        account.customer(),
                        "has a balance of %s, and entries with the sum %s",
                        account.balance(),
                        account.entries());
            }
        }
    }
}
