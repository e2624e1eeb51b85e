package io.orderly.console.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic as it was read. Key, headers and value may be missing or have any content.
 *
 * @param timestampMillis of the broker or the producer, since the epoch; negative if there is none
 */
public record TopicRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        @Nullable String key,
        List<Header> headers,
        byte @Nullable [] value) {

    /** @param value as UTF-8; empty if it has none */
    public record Header(String name, String value) {}

    /** Where the record is. No two records of a topic that exists have the same position. */
    String position() {
        return topic + "-" + partition + "@" + offset;
    }
}
