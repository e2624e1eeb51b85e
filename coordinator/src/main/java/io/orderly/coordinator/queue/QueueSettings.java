package io.orderly.coordinator.queue;

import java.time.Duration;

/**
 * How patient a {@link QueueEntry} is.
 *
 * @param lookAfter how long a place trusts its watches in silence, before it asks the store. A watch may hang, on a connection that
 *     is dead at the other end
 */
public record QueueSettings(Duration lookAfter) {

    public static final QueueSettings DEFAULTS = new QueueSettings(Duration.ofSeconds(5));

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public QueueSettings {
        if (lookAfter.isZero() || lookAfter.isNegative()) {
            throw new IllegalArgumentException("lookAfter is %s, not above 0".formatted(lookAfter));
        }
    }
}
