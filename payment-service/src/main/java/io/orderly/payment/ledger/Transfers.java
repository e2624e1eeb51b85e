package io.orderly.payment.ledger;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The transfers of the {@link Ledger}, which is the only one to add to them. */
interface Transfers extends Repository<Transfer, Transfer.Key> {

    /** Those of these that there are: an account that opened with nothing has none. */
    @Query("select transfer from Transfer transfer where transfer.kind = OPENING and transfer.reference in :references")
    List<Transfer> openings(Collection<UUID> references);
}
