package io.orderly.antipatterns;

import java.util.Locale;

/** An anti-pattern that a setting switches on for a whole service. */
public enum AntiPattern {
    /** Writes to the database first and to Kafka after the commit, instead of an outbox. */
    DUAL_WRITE,
    /** Handles each delivery of a message, instead of an inbox that recognizes the second. */
    NO_INBOX,
    /** Executes each command, instead of recording the steps that were executed, and their replies. */
    NO_STEP_RECORDS,
    /**
     * Retries calls to the payment provider immediately and without limit, instead of bounded retries behind a circuit
     * breaker.
     */
    ENDLESS_RETRIES,
    /** Timestamps messages with the wall clock only, instead of a hybrid logical clock. */
    WALL_CLOCK,
    /** Owners of partitions rely on their leases alone, instead of fencing tokens that the database compares. */
    LOCK_WITHOUT_TOKEN,
    /** Retries a message that fails until it is handled, in place of those behind it, instead of dead letters. */
    RETRY_IN_PLACE,
    /** Logs a message that fails and goes on, instead of dead letters. */
    SKIP_FAILED,
    /** Loads a product that is not in memory once for each request, instead of once for all, and before it expires. */
    CACHE_STAMPEDE;

    /** The name in settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
