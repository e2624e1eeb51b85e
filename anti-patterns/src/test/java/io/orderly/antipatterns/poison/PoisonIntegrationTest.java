package io.orderly.antipatterns.poison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.SingleServiceSettings;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.shipping.ShippingServiceApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a message that always fails, and of those behind it. The broker is separate, so that no other test consumes the messages. */
class PoisonIntegrationTest {

    private static final String POISON = "cannot be carried";

    /** The batch that fails, and three attempts of the message by itself. */
    private static final int ATTEMPTS_OF_A_DELIVERY = 4;

    @TempDir
    private Path folder;

    @Test
    void retryInPlaceHandlesNothingBehindTheMessageUntilItSucceeds() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
                ConfigurableApplicationContext service = start(broker, "retry-in-place");
                KafkaTap kafka = new KafkaTap(broker.bootstrapServers(), List.of(Topic.SAGA_REPLIES.topicName()))) {
            JdbcClient jdbc = service.getBean(JdbcClient.class);
            refuse(jdbc);
            OrderId poisoned = newOrder();
            OrderId behind = newOrder();

            kafka.send(schedule(poisoned, POISON));
            await().until(() -> attempts(jdbc) >= 1);
            kafka.send(schedule(behind, "Ada"));
            await().until(() -> attempts(jdbc) > 3 * ATTEMPTS_OF_A_DELIVERY);
            assertThat(shipments(jdbc, behind)).isZero();
            assertThat(deadLetters(jdbc)).isZero();

            accept(jdbc);
            await().until(() -> shipments(jdbc, poisoned) == 1 && shipments(jdbc, behind) == 1);
        }
    }

    @Test
    void skipFailedGoesOnAndLosesTheMessage() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
                ConfigurableApplicationContext service = start(broker, "skip-failed");
                KafkaTap kafka = new KafkaTap(broker.bootstrapServers(), List.of(Topic.SAGA_REPLIES.topicName()))) {
            JdbcClient jdbc = service.getBean(JdbcClient.class);
            refuse(jdbc);
            OrderId poisoned = newOrder();
            OrderId behind = newOrder();

            kafka.send(schedule(poisoned, POISON));
            await().until(() -> attempts(jdbc) >= 1);
            kafka.send(schedule(behind, "Ada"));
            await().until(() -> shipments(jdbc, behind) == 1);

            accept(jdbc);
            assertThat(attempts(jdbc)).isEqualTo(ATTEMPTS_OF_A_DELIVERY);
            assertThat(shipments(jdbc, poisoned)).isZero();
            assertThat(deadLetters(jdbc)).isZero();
            assertThat(service.getBean(MeterRegistry.class)
                            .get("orderly.skip-failed.skipped")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    /** The database refuses the shipment, and counts how often; a sequence is not rolled back. */
    private static void refuse(JdbcClient jdbc) {
        jdbc.sql("create sequence attempts").update();
        jdbc.sql("""
                create function refuse() returns trigger language plpgsql as
                $$ begin perform nextval('attempts'); raise exception 'refused'; end $$""").update();
        jdbc.sql("""
                create trigger refuse before insert on shipments
                for each row when (new.name = '%s') execute function refuse()""".formatted(POISON)).update();
    }

    private static void accept(JdbcClient jdbc) {
        jdbc.sql("drop trigger refuse on shipments").update();
    }

    private static long attempts(JdbcClient jdbc) {
        return jdbc.sql("select case when is_called then last_value else 0 end from attempts")
                .query(Long.class)
                .single();
    }

    private static long shipments(JdbcClient jdbc, OrderId order) {
        return jdbc.sql("select count(*) from shipments where order_id = ?")
                .param(order.value())
                .query(Long.class)
                .single();
    }

    private static long deadLetters(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from dead_letters").query(Long.class).single();
    }

    private static ConfigurableApplicationContext start(EmbeddedKafka broker, String antiPattern) {
        Map<String, String> properties =
                new HashMap<>(SharedBackends.freshDatabase("poison").springProperties());
        properties.putAll(broker.springProperties());
        properties.put("orderly.anti-patterns", antiPattern);
        return new SpringApplicationBuilder(ShippingServiceApplication.class)
                .run(SingleServiceSettings.arguments(
                        SingleServiceSettings.SHIPPING_DEFAULTS,
                        SingleServiceSettings.SHIPPING_MIGRATIONS,
                        properties));
    }

    private static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    private static ScheduleShipment schedule(OrderId order, String name) {
        return new ScheduleShipment(order, new Address(name, "Lindenstr. 5", "Berlin", "10969", "DE"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50));
    }
}
