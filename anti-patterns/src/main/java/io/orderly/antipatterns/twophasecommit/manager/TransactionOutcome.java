package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Vote;

/** The outcome of a distributed transaction, as known to its manager. */
sealed interface TransactionOutcome {

    /**
     * The commit is decided.
     *
     * @param everywhere whether all participants have acknowledged the commit; if not, some still hold their locks
     */
    record Committed(boolean everywhere) implements TransactionOutcome {}

    /**
     * The transaction is rolled back. A participant that could not be informed is informed by recovery.
     *
     * @param participant the participant that voted no
     */
    record RolledBack(String participant, Vote vote) implements TransactionOutcome {}

    /** It is unknown whether the decision was logged; recovery will read the log. */
    record Unknown() implements TransactionOutcome {}
}
