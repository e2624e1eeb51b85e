package io.orderly.payment.ledger;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Read access to the transfers; the {@link Ledger} adds them. */
interface Transfers extends Repository<Transfer, Transfer.Key> {

    /** The opening transfers with these references. An account that was opened with a balance of zero has none. */
    @Query("select transfer from Transfer transfer where transfer.kind = OPENING and transfer.reference in :references")
    List<Transfer> openings(Collection<UUID> references);
}
