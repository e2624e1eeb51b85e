package io.orderly.kit.consuming;

import io.orderly.kit.deadletter.DeadLetters;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.throttling.BatchThrottle;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Consumes the topics of this service's handlers, in the consumer group named after the service. Starts once the topics are
 * declared, and retries until the broker is available.
 */
final class MessageConsumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MessageConsumers.class);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration DECLARATION_RETRY = Duration.ofMillis(500);

    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers;
    private final KafkaAdmin admin;
    private @Nullable Thread starter;
    private volatile boolean running;

    /** @param customizers applied to each container after the settings of this class */
    MessageConsumers(
            List<MessageProcessor> processors,
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            DeadLetters deadLetters,
            List<ContainerCustomizer<String, byte[], ConcurrentMessageListenerContainer<String, byte[]>>> customizers,
            ConsumingProperties properties) {
        this.admin = admin;
        this.containers = processors.stream()
                .map(processor -> container(processor, consumers, deadLetters, properties))
                .toList();
        containers.forEach(container -> customizers.forEach(customizer -> customizer.configure(container)));
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> container(
            MessageProcessor processor,
            ConsumerFactory<String, byte[]> consumers,
            DeadLetters deadLetters,
            ConsumingProperties properties) {
        String topic = processor.handler().topic().topicName();
        var settings = new ContainerProperties(topic);
        settings.setMessageListener(listener(processor, new BatchThrottle(properties.pace())));
        // the inbox recognizes messages that are delivered again after a lost commit, so commits can be infrequent and
        // asynchronous
        settings.setAckMode(ContainerProperties.AckMode.TIME);
        settings.setAckTime(properties.commitInterval().toMillis());
        settings.setPollTimeout(properties.commitInterval().toMillis());
        settings.setSyncCommits(false);
        settings.setConsumerRebalanceListener(new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                deadLetters.partitionsAssigned(topic);
            }
        });
        var container = new ConcurrentMessageListenerContainer<>(consumers, settings);
        container.setBeanName(topic);
        container.setConcurrency(properties.concurrency());
        container.setCommonErrorHandler(unlimitedRetries());
        return container;
    }

    private static BatchMessageListener<String, byte[]> listener(MessageProcessor processor, BatchThrottle throttle) {
        return records -> {
            long startNanos = System.nanoTime();
            processor.process(records.stream().map(RawMessage::of).toList());
            try {
                throttle.pauseSince(
                        startNanos,
                        records.stream().map(ConsumerRecord::key).distinct().count());
            } catch (InterruptedException e) {
                // the batch is handled; the container sees the interrupt and stops
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Retries without limit: the processor throws only what another delivery may mend. */
    private static DefaultErrorHandler unlimitedRetries() {
        var backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(MAX_BACK_OFF.toMillis());
        return new DefaultErrorHandler(
                (ConsumerRecord<?, ?> record, Exception e) -> {
                    throw new IllegalStateException("not called, since the back-off is unlimited", e);
                },
                backOff);
    }

    @Override
    public void start() {
        running = true;
        starter = Thread.ofVirtual().name("message-consumers").start(this::declareTopicsAndStart);
    }

    private void declareTopicsAndStart() {
        try {
            while (running && !topicsAreDeclared()) {
                Thread.sleep(DECLARATION_RETRY);
            }
            if (running) {
                containers.forEach(ConcurrentMessageListenerContainer::start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean topicsAreDeclared() {
        try {
            if (admin.initialize()) {
                return true;
            }
            log.warn("Could not declare the topics, trying again");
        } catch (RuntimeException e) {
            // after the context has started, the admin throws what it only logged before
            log.warn("Could not declare the topics, trying again: {}", e.toString());
        }
        return false;
    }

    @Override
    public void stop() {
        running = false;
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
            try {
                starting.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        containers.forEach(ConcurrentMessageListenerContainer::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
