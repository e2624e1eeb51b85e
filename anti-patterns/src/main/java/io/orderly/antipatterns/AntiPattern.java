package io.orderly.antipatterns;

import java.util.Locale;

/** An anti-pattern that a setting switches on for a whole service. */
public enum AntiPattern {
    /** Writes to the database first and to Kafka after the commit, instead of an outbox. */
    DUAL_WRITE,
    /** At-least-once delivery without deduplication, instead of an idempotent receiver. */
    NO_INBOX,
    /**
     * Retries calls to the payment provider immediately and without limit, instead of bounded retries behind a circuit
     * breaker.
     */
    ENDLESS_RETRIES,
    /** Timestamps messages with the wall clock only, instead of a hybrid logical clock. */
    WALL_CLOCK,
    /** Owners of partitions rely on their leases alone, instead of fencing tokens that the database compares. */
    LOCK_WITHOUT_TOKEN;

    /** The name in settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
