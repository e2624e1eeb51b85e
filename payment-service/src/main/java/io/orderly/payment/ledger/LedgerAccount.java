package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import java.util.Optional;

/** An account of the ledger: a customer's account or an internal account. */
public record LedgerAccount(String name) {

    /** The source of opening balances and deposits. */
    public static final LedgerAccount FUNDING = new LedgerAccount("funding");

    /** Amounts held for charges that the provider has not answered. */
    public static final LedgerAccount HELD = new LedgerAccount("held");

    /** Amounts that the provider has captured and not refunded. */
    public static final LedgerAccount CLEARING = new LedgerAccount("clearing");

    static final String CUSTOMER_PREFIX = "customer:";

    public static LedgerAccount of(CustomerId customerId) {
        return new LedgerAccount(CUSTOMER_PREFIX + customerId);
    }

    /** @return empty for an internal account */
    public Optional<CustomerId> customerId() {
        return name.startsWith(CUSTOMER_PREFIX)
                ? Optional.of(new CustomerId(name.substring(CUSTOMER_PREFIX.length())))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
