package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import java.util.List;

/** Opens accounts, each with its opening balance from the house. */
interface AccountOpenings {

    /** Opens those of these customers' accounts that are not there yet. */
    void open(List<CustomerId> customers);
}
