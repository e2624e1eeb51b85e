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
 * Detects when a restarted process has handled its first message: when Kafka has a message from this process that was
 * created after the restart in response to another message.
 */
final class FirstMessageDetector implements AutoCloseable {

    private static final String PLACED = OrderPlaced.class.getSimpleName();

    private final Queue<Expectation> expectations = new ConcurrentLinkedQueue<>();
    private final TopicFollower follower;

    /** @param source null for any service */
    private record Expectation(@Nullable String source, Instant after, CompletableFuture<@Nullable Long> atNanos) {

        boolean isMetBy(String sender, Instant caused) {
            return caused.isAfter(after) && (source == null || sender.equals("/" + source));
        }
    }

    FirstMessageDetector(String bootstrapServers) {
        follower =
                TopicFollower.start(bootstrapServers, List.of(Topic.SAGA_REPLIES, Topic.ORDER_EVENTS), this::onMessage);
    }

    /**
     * @param source the service that has to send the message; null for any service
     * @param after the message must have been created after this time, by the wall clock
     * @return the arrival of the message, a value of {@link System#nanoTime}; a caller that stops waiting completes the
     *     future itself
     */
    CompletableFuture<@Nullable Long> await(@Nullable String source, Instant after) {
        var expectation = new Expectation(source, after, new CompletableFuture<>());
        expectations.add(expectation);
        return expectation.atNanos();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void onMessage(ConsumerRecord<String, byte[]> message, long atNanos) {
        // OrderPlaced is caused by a request, not by a message
        if (expectations.isEmpty() || header(message, MessageHeaders.TYPE).contains(PLACED)) {
            return;
        }
        String source = header(message, MessageHeaders.SOURCE);
        try {
            Instant caused = Instant.parse(header(message, MessageHeaders.TIME));
            expectations.removeIf(expectation -> expectation.atNanos().isDone()
                    || expectation.isMetBy(source, caused)
                            && expectation.atNanos().complete(atNanos));
        } catch (DateTimeParseException foreign) {
            // a foreign record: any client can write to the topic
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return Objects.requireNonNullElse(HeaderText.of(message, name), "");
    }
}
