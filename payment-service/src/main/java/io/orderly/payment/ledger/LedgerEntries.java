package io.orderly.payment.ledger;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The entries of all transfers, two for each transfer. */
interface LedgerEntries extends Repository<LedgerEntry, LedgerEntry.Key> {

    /**
     * The entries of a customer's account, latest first. The literal {@code like} condition is redundant, but the
     * planner uses the partial indexes only with it.
     *
     * @param before only entries with a lower sequence
     */
    @Query("""
            select entry from LedgerEntry entry
             where entry.account = :account and entry.account like 'customer:%' and entry.sequence < :before
             order by entry.sequence desc""")
    List<LedgerEntry> latest(String account, long before, Limit limit);
}
