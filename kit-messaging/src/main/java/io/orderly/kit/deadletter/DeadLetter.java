package io.orderly.kit.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be handled, or that waits behind one. What it says of the message is printable and cut; the
 * message itself is kept as it came.
 *
 * @param topic where it came from
 * @param key its key; null if it had none, and then nothing waits behind it
 * @param messageId its CloudEvents id as sent; null if it had none
 * @param type its CloudEvents type as sent; null if it had none
 * @param cause why it is here, a sentence for people
 * @param behind the oldest dead letter of its topic and key, which it waits for; null if it is the oldest itself
 * @param attempts how often it was tried in vain, replays included; 0 if it only waits
 * @param traceId the trace it belongs to; null if it carries none
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
