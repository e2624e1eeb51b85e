package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import java.util.List;

/** Opens accounts and posts their opening balances. */
interface AccountOpenings {

    /** Opens the accounts of those customers who do not have one. */
    void open(List<CustomerId> customers);
}
