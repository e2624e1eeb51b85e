package io.orderly.antipatterns;

import java.util.Locale;

/** A well-known wrong way that a service can be told to go. */
public enum AntiPattern {
    /** Database first, then Kafka, in place of the outbox. */
    DUAL_WRITE,
    /** At least once without remembering what was handled, in place of the idempotent receiver. */
    NO_INBOX,
    /** The payment provider is asked again at once and for ever, in place of bounded retries behind a breaker. */
    ENDLESS_RETRIES,
    /** Messages are stamped by the wall clock alone, in place of the hybrid clock. */
    WALL_CLOCK;

    /** As settings name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
