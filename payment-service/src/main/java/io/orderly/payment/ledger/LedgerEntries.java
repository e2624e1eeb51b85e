package io.orderly.payment.ledger;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Both sides of every transfer. */
interface LedgerEntries extends Repository<LedgerEntry, LedgerEntry.Key> {

    /**
     * The entries of a customer's account, the latest first. That it is a customer's is said again as a literal, for only then can
     * the planner tell that the partial indexes have them.
     *
     * @param before only entries with a lower sequence
     */
    @Query("""
            select entry from LedgerEntry entry
             where entry.account = :account and entry.account like 'customer:%' and entry.sequence < :before
             order by entry.sequence desc""")
    List<LedgerEntry> latest(String account, long before, Limit limit);
}
