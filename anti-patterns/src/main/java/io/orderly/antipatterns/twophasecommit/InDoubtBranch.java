package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * Something that a participant keeps for a transaction and may not give up by itself.
 *
 * @param transaction which one
 * @param kind what is kept
 * @param since when it was prepared or set aside, by the participant's database
 * @param ageMillis how long that is ago, by the same clock
 * @param locks what it holds in the database
 * @param waiting how many sessions wait for it to end, not counting those that wait behind them
 */
public record InDoubtBranch(
        OrderId transaction, Kind kind, Instant since, long ageMillis, List<HeldLock> locks, long waiting) {

    /** What can be in doubt. */
    public enum Kind {
        /** A prepared transaction of the database. */
        PREPARED,
        /** An amount that may be held at the payment provider, of which nothing is prepared yet or any more. */
        AUTHORIZED
    }

    /**
     * A lock as PostgreSQL lists it. Locks on rows are not among them, since those lie in the rows themselves: whoever wants
     * one waits for the transaction's own lock, {@code transactionid}.
     *
     * @param on the table or index, or the type of lock if it is on neither
     */
    public record HeldLock(String on, String mode) {}

    public InDoubtBranch {
        locks = List.copyOf(locks);
    }
}
