package io.orderly.kit.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be handled, or that waits behind such a message. Values from the message are printable and
 * truncated; the message itself is stored unchanged.
 *
 * @param topic the topic from which it was consumed
 * @param key the key of the message; null if it has none, and then no message waits behind it
 * @param messageId the CloudEvents id as received; null if it has none
 * @param type the CloudEvents type as received; null if it has none
 * @param cause why it is a dead letter, for human readers
 * @param behind the oldest dead letter of its topic and key, behind which it waits; null if it is the oldest itself
 * @param attempts the number of failed attempts, including replays; 0 if it only waits
 * @param traceId the trace of the message; null if it has none
 */
public record DeadLetter(
        UUID id,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String type,
        String cause,
        @Nullable UUID behind,
        int attempts,
        Instant parkedAt,
        @Nullable String traceId) {}
