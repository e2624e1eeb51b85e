package io.orderly.stack.events;

import io.orderly.contracts.Topic;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessFailure;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the order events: those of the past, if asked for, and then those that come. */
public final class EventFollower implements AutoCloseable {

    private static final String TOPIC = Topic.ORDER_EVENTS.topicName();

    private final RecordReader records;
    private final List<TopicPartition> partitions;

    /** @throws ProcessFailure if no broker answers or the topic does not exist */
    public EventFollower(int kafkaPort) {
        if (!PortCheck.isInUse(kafkaPort)) {
            throw new ProcessFailure("no Kafka broker answers on port %d; is ./run up?".formatted(kafkaPort));
        }
        records = new RecordReader("127.0.0.1:" + kafkaPort);
        try {
            partitions = records.partitions(TOPIC::equals);
            if (partitions.isEmpty()) {
                throw new ProcessFailure("there is no topic " + TOPIC + " yet; the order-service creates it");
            }
        } catch (ProcessFailure e) {
            records.close();
            throw e;
        }
    }

    /** Hands over the events there are now, partition by partition. */
    public void readPast(Consumer<ConsumerRecord<String, byte[]>> reader) {
        records.readToPresentEnd(partitions, reader);
    }

    /** Leaves out the events there are now. */
    public void skipPast() {
        records.skipToPresentEnd(partitions);
    }

    /** Hands over the events that have come since, after a short wait if there are none. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> reader) {
        records.poll(reader);
    }

    @Override
    public void close() {
        records.close();
    }
}
