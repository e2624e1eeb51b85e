package io.orderly.stack.events;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.MessageHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When an event was caused. */
public final class EventTime {

    private EventTime() {}

    /** By the sender's hybrid clock; by Kafka's timestamp for a record that has no hybrid time, or a malformed one. */
    public static HybridTimestamp of(ConsumerRecord<?, ?> event) {
        String hybridTime = HeaderText.of(event, MessageHeaders.HYBRID_TIME);
        if (hybridTime != null) {
            try {
                return HybridTimestamp.parse(hybridTime);
            } catch (IllegalArgumentException malformed) {
                // Kafka's timestamp has to do
            }
        }
        return new HybridTimestamp(Math.clamp(event.timestamp(), 0, HybridTimestamp.MAX_PHYSICAL_MILLIS), 0);
    }
}
