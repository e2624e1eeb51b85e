package io.orderly.coordinator.queue;

import java.time.Duration;

/**
 * Settings of a {@link QueueEntry}.
 *
 * @param lookAfter how long an entry relies on silent watches before it reads the queue. A watch may hang on a connection whose
 *     other end is gone
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
