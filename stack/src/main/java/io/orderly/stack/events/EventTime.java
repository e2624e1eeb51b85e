package io.orderly.stack.events;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.MessageHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The time of an event. */
public final class EventTime {

    private EventTime() {}

    /** The sender's hybrid timestamp, or Kafka's timestamp if the record has no valid hybrid timestamp. */
    public static HybridTimestamp of(ConsumerRecord<?, ?> event) {
        String hybridTime = HeaderText.of(event, MessageHeaders.HYBRID_TIME);
        if (hybridTime != null) {
            try {
                return HybridTimestamp.parse(hybridTime);
            } catch (IllegalArgumentException malformed) {
                // use Kafka's timestamp instead
            }
        }
        return new HybridTimestamp(Math.clamp(event.timestamp(), 0, HybridTimestamp.MAX_PHYSICAL_MILLIS), 0);
    }
}
