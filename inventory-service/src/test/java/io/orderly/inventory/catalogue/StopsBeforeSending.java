package io.orderly.inventory.catalogue;

import io.orderly.contracts.Topic;
import io.orderly.kit.testing.ServiceProcess;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Stops the process of a relay after it has read a product from the outbox and before it sends it, if the test has created a file. */
public final class StopsBeforeSending implements ProducerInterceptor<String, byte[]> {

    static final String FILE = "TEST_STOP_FILE";

    @Override
    public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> message) {
        if (message.topic().equals(Topic.PRODUCTS.topicName())) {
            ServiceProcess.stopItself(Path.of(System.getenv(FILE)));
        }
        return message;
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
