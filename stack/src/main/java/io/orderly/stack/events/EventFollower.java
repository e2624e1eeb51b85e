package io.orderly.stack.events;

import io.orderly.contracts.Topic;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessFailure;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads order events: optionally the past events, and then new events. */
public final class EventFollower implements AutoCloseable {

    private static final String TOPIC = Topic.ORDER_EVENTS.topicName();

    private final RecordReader records;
    private final List<TopicPartition> partitions;

    /** @throws ProcessFailure if the broker does not respond or the topic does not exist */
    public EventFollower(int kafkaPort) {
        if (!PortCheck.isInUse(kafkaPort)) {
            throw new ProcessFailure("no Kafka broker listens on port %d; is ./run running?".formatted(kafkaPort));
        }
        records = new RecordReader("127.0.0.1:" + kafkaPort);
        try {
            partitions = records.partitions(TOPIC::equals);
            if (partitions.isEmpty()) {
                throw new ProcessFailure("the topic " + TOPIC + " does not exist yet; the order-service creates it");
            }
        } catch (ProcessFailure e) {
            records.close();
            throw e;
        }
    }

    /** Passes on all existing events, partition by partition. */
    public void readPast(Consumer<ConsumerRecord<String, byte[]>> reader) {
        records.readToPresentEnd(partitions, reader);
    }

    /** Skips all existing events. */
    public void skipPast() {
        records.skipToPresentEnd(partitions);
    }

    /** Passes on new events; waits a short time if there are none. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> reader) {
        records.poll(reader);
    }

    @Override
    public void close() {
        records.close();
    }
}
