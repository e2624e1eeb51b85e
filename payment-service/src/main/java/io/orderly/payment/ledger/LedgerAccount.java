package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import java.util.Optional;

/** An account of the ledger: a customer's, or one of the house. */
public record LedgerAccount(String name) {

    /** Where customers' money comes from. */
    public static final LedgerAccount FUNDING = new LedgerAccount("funding");

    /** Set aside for charges that the provider has not answered yet. */
    public static final LedgerAccount HELD = new LedgerAccount("held");

    /** What the provider has taken, and not given back. */
    public static final LedgerAccount CLEARING = new LedgerAccount("clearing");

    static final String CUSTOMER_PREFIX = "customer:";

    public static LedgerAccount of(CustomerId customerId) {
        return new LedgerAccount(CUSTOMER_PREFIX + customerId);
    }

    /** @return empty for an account of the house */
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
