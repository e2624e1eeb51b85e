package io.orderly.lab.load;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.stack.events.HeaderText;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The outcomes in the public order events of a broker. */
final class OrderEvents implements OutcomeSource {

    private final String bootstrapServers;
    private @Nullable TopicFollower follower;

    OrderEvents(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public void follow(Listener listener) {
        follower = TopicFollower.start(
                bootstrapServers, List.of(Topic.ORDER_EVENTS), (event, atNanos) -> report(event, atNanos, listener));
    }

    private static void report(ConsumerRecord<String, byte[]> event, long atNanos, Listener listener) {
        String type = HeaderText.of(event, MessageHeaders.TYPE);
        Optional<OrderOutcome> outcome = type == null ? Optional.empty() : OrderOutcome.of(type);
        if (outcome.isPresent() && event.key() != null) {
            try {
                listener.ended(OrderId.of(event.key()), outcome.get(), atNanos);
            } catch (IllegalArgumentException foreign) {
                // a foreign record: any client can write to the topic
            }
        }
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }
}
