package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.messaging.MessageReader;
import io.orderly.kit.messaging.RawMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Receives the changes of products from the compacted topic, to remove what is outdated from memory, and to compare the topic with the table. Every
 * instance reads all partitions, as a new reader does: from their beginnings on, without a consumer group and without stored positions.
 */
@Component
class ProductAnnouncements implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProductAnnouncements.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ProductReads reads;
    private final CatalogueTopic topic;
    private final ConsumerFactory<String, byte[]> consumers;
    private final ProductCacheProperties properties;

    private volatile boolean running;
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<String, byte[]> current;

    ProductAnnouncements(
            ProductReads reads,
            CatalogueTopic topic,
            ConsumerFactory<String, byte[]> consumers,
            ProductCacheProperties properties) {
        this.reads = reads;
        this.topic = topic;
        this.consumers = consumers;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("product-announcements").start(this::run);
    }

    private void run() {
        boolean failed = false;
        while (running) {
            try (Consumer<String, byte[]> consumer = newConsumer()) {
                current = consumer;
                failed = false;
                receive(consumer);
            } catch (WakeupException _) {
                // stopping
            } catch (RuntimeException e) {
                if (!failed) {
                    log.warn(
                            "Products are read from the database until their changes can be received: {}",
                            e.toString());
                }
                failed = true;
            } finally {
                current = null;
                reads.endAnnouncements();
            }
            pause();
        }
    }

    private Consumer<String, byte[]> newConsumer() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return consumers.createConsumer(null, "product-announcements", null, settings);
    }

    private void receive(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.PRODUCTS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // the ends are looked up now, so that no change after this moment is missed
        readTo(consumer.endOffsets(partitions), consumer);
        if (properties.enabled()) {
            reads.beginAnnouncements();
        }
        while (running) {
            compare(consumer);
            poll(consumer);
        }
    }

    private void readTo(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(consumer);
        }
    }

    private void poll(Consumer<String, byte[]> consumer) {
        consumer.poll(POLL).forEach(this::announce);
    }

    private void compare(Consumer<String, byte[]> consumer) {
        try {
            Map<Sku, Long> published = topic.publishedLater();
            if (!published.isEmpty()) {
                readTo(consumer.endOffsets(consumer.assignment()), consumer);
                topic.repair(published);
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("The topic is compared with the table after a later poll", e);
        }
    }

    private void announce(ConsumerRecord<String, byte[]> changed) {
        try {
            if (MessageReader.read(RawMessage.of(changed)).payload() instanceof ProductChanged product) {
                reads.announced(product.sku(), product.version());
                topic.received(product.sku(), product.version());
            }
        } catch (UnreadableMessageException e) {
            log.warn("A record on {} is no change of a product: {}", changed.topic(), e.getMessage());
        }
    }

    private void pause() {
        try {
            if (running) {
                Thread.sleep(properties.retryDelay());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        Thread stopping = thread;
        if (stopping != null) {
            try {
                stopping.join(STOP);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
