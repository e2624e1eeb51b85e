package io.orderly.kit.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

class MessageConsumersTest {

    private static final int ATTEMPTS = 4;

    @Test
    void keepTryingUntilTheBrokerIsAvailable() throws InterruptedException {
        var admin = new BrokerlessAdmin();
        // as the application context does, which tries once to connect to the broker
        admin.afterSingletonsInstantiated();
        var consumers = new MessageConsumers(
                List.of(), new DefaultKafkaConsumerFactory<>(Map.of()), admin, null, List.of(), properties());

        consumers.start();
        try {
            assertThat(admin.attempts.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            consumers.stop();
        }
    }

    private static ConsumingProperties properties() {
        return new ConsumingProperties(
                1, 1, Duration.ZERO, Duration.ofSeconds(1), 1, Duration.ofMillis(1), Duration.ofHours(1));
    }

    private static final class BrokerlessAdmin extends KafkaAdmin {

        final CountDownLatch attempts = new CountDownLatch(ATTEMPTS);

        BrokerlessAdmin() {
            super(Map.of());
        }

        @Override
        protected Collection<NewTopic> newTopics() {
            return List.of(new NewTopic("some", 1, (short) 1));
        }

        @Override
        protected Admin createAdmin() {
            attempts.countDown();
            throw new KafkaException("no broker");
        }
    }
}
