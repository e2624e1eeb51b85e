package io.orderly.lab.torture;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.lab.load.TopicFollower;
import io.orderly.stack.events.HeaderText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a process that came back has handled its first message: when a message that it caused after its return, and
 * that answers another, is on Kafka.
 */
final class FirstMessageDetector implements AutoCloseable {

    private static final String PLACED = OrderPlaced.class.getSimpleName();

    private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();
    private final TopicFollower follower;

    /** @param source null if any service will do */
    private record Awaited(@Nullable String source, Instant after, CompletableFuture<@Nullable Long> atNanos) {

        boolean isMetBy(String sender, Instant caused) {
            return caused.isAfter(after) && (source == null || sender.equals("/" + source));
        }
    }

    FirstMessageDetector(String bootstrapServers) {
        follower = TopicFollower.start(bootstrapServers, List.of(Topic.SAGA_REPLIES, Topic.ORDER_EVENTS), this::heard);
    }

    /**
     * @param source the service that has to give the sign; null if any will do
     * @param after when the message must have been caused, by the wall clock
     * @return when the sign came, by {@link System#nanoTime}; whoever gives up waiting completes it himself
     */
    CompletableFuture<@Nullable Long> await(@Nullable String source, Instant after) {
        var sign = new Awaited(source, after, new CompletableFuture<>());
        awaited.add(sign);
        return sign.atNanos();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void heard(ConsumerRecord<String, byte[]> message, long atNanos) {
        // that an order was placed answers a customer, not a message
        if (awaited.isEmpty() || header(message, MessageHeaders.TYPE).contains(PLACED)) {
            return;
        }
        String source = header(message, MessageHeaders.SOURCE);
        try {
            Instant caused = Instant.parse(header(message, MessageHeaders.TIME));
            awaited.removeIf(sign -> sign.atNanos().isDone()
                    || sign.isMetBy(source, caused) && sign.atNanos().complete(atNanos));
        } catch (DateTimeParseException notOfAService) {
            // anyone may write to the topic; it is no sign
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return Objects.requireNonNullElse(HeaderText.of(message, name), "");
    }
}
