package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Vote;

/** How a distributed transaction ended, as far as its manager knows. */
sealed interface TransactionOutcome {

    /**
     * It is decided, and will be committed everywhere.
     *
     * @param everywhere whether all participants have acknowledged that they did; if not, some still keep their locks
     */
    record Committed(boolean everywhere) implements TransactionOutcome {}

    /**
     * Nothing will come of it. Who could not be told to roll back finds out later.
     *
     * @param participant who voted no
     */
    record RolledBack(String participant, Vote vote) implements TransactionOutcome {}

    /** Whether the decision was written is unknown. It stands in the log or it does not; recovery will look. */
    record Unknown() implements TransactionOutcome {}
}
