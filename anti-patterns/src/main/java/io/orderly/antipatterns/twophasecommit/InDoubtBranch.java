package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * Resources that a participant holds for a transaction and must not release by itself.
 *
 * @param transaction the transaction
 * @param kind the kind of resource
 * @param since when the branch was prepared or the authorization was requested, by the participant's database clock
 * @param ageMillis the time since then, by the same clock
 * @param locks the locks in the database
 * @param waiting the number of sessions that wait for the branch directly
 */
public record InDoubtBranch(
        OrderId transaction, Kind kind, Instant since, long ageMillis, List<HeldLock> locks, long waiting) {

    /** The kind of resource that is held. */
    public enum Kind {
        /** A prepared transaction in the database. */
        PREPARED,
        /** An amount that may be held at the payment provider, without a prepared transaction. */
        AUTHORIZED
    }

    /**
     * A lock as listed by PostgreSQL. Row locks are not listed, because they are stored in the rows: a session that
     * waits for a row waits for the {@code transactionid} lock of the transaction.
     *
     * @param on the table or index; the lock type if it is neither
     */
    public record HeldLock(String on, String mode) {}

    public InDoubtBranch {
        locks = List.copyOf(locks);
    }
}
