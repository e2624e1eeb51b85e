package io.orderly.antipatterns.noinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.orderly.antipatterns.SingleServiceSettings;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.testing.KafkaTap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The effect on the stock of a consumer without an inbox, without recorded steps, and without both. Uses a separate broker, so that no service
 * of another test consumes the messages.
 */
class InsertIfAbsentReservationsIntegrationTest {

    private static final Sku SKU = new Sku("PENCIL-HB");

    @Test
    void aDuplicateCommandReservesStockTwice(@TempDir Path folder) {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
                ConfigurableApplicationContext service = start(broker, "no-inbox,no-step-records");
                KafkaTap kafka = new KafkaTap(broker.bootstrapServers(), List.of(Topic.SAGA_REPLIES.topicName()))) {
            StockItems stock = service.getBean(StockItems.class);
            JdbcClient jdbc = service.getBean(JdbcClient.class);
            OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());
            var reserve = new ReserveInventory(order, List.of(new OrderLine(SKU, 3)));

            Map<String, String> headers = kafka.send(reserve);
            awaitReserved(stock, 3);
            kafka.send(reserve, headers);
            awaitReserved(stock, 6);
            kafka.send(new CommitReservation(order));
            awaitReserved(stock, 3);

            assertThat(jdbc.sql("select quantity from reservations where order_id = ?")
                            .param(order.value())
                            .query(Long.class)
                            .list())
                    .containsExactly(3L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-inbox", "no-step-records"})
    void eachOfInboxAndStepRecordsIsEnoughForARedelivery(String antiPattern, @TempDir Path folder) {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
                ConfigurableApplicationContext service = start(broker, antiPattern);
                KafkaTap kafka = new KafkaTap(broker.bootstrapServers(), List.of(Topic.SAGA_REPLIES.topicName()))) {
            StockItems stock = service.getBean(StockItems.class);
            OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());
            var reserve = new ReserveInventory(order, List.of(new OrderLine(SKU, 3)));

            Map<String, String> headers = kafka.send(reserve);
            awaitReserved(stock, 3);
            kafka.send(reserve, headers);
            // handled after the copy, since it has the same key; of 6 reserved units it would leave 3
            kafka.send(new CommitReservation(order));
            awaitReserved(stock, 0);
        }
    }

    private static ConfigurableApplicationContext start(EmbeddedKafka broker, String antiPatterns) {
        Map<String, String> properties =
                new HashMap<>(SharedBackends.freshDatabase("forgetful").springProperties());
        properties.putAll(broker.springProperties());
        properties.put("orderly.anti-patterns", antiPatterns);
        return new SpringApplicationBuilder(InventoryServiceApplication.class)
                .run(SingleServiceSettings.arguments(
                        SingleServiceSettings.INVENTORY_DEFAULTS,
                        SingleServiceSettings.INVENTORY_MIGRATIONS,
                        properties));
    }

    private static void awaitReserved(StockItems stock, long units) {
        await().atMost(Duration.ofSeconds(30)).until(() -> reserved(stock) == units);
    }

    private static long reserved(StockItems stock) {
        return stock.findById(SKU.value()).orElseThrow().level().reserved();
    }
}
