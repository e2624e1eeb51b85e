package io.orderly.antipatterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.dualwrite.DualWrite;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.outbox.MessageDispatcher;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.shipping.ShippingServiceApplication;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service with anti-patterns switched on, with its own database. */
class AntiPatternIntegrationTest {

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("wrong");

    @Test
    void namedAntiPatternsAreSwitchedOnAndReported() {
        try (ConfigurableApplicationContext service = start("dual-write,lock-without-token,wall-clock")) {
            assertThat(service.getBean(MessageClock.class))
                    .extracting(clock -> clock.getClass().getSimpleName())
                    .isEqualTo("WallClockMessageClock");
            assertThat(service.getBean(MessageDispatcher.class)).isInstanceOf(DualWrite.class);
            assertThat(service.getBean(PartitionTokens.class))
                    .extracting(tokens -> tokens.getClass().getSimpleName())
                    .isEqualTo("LeaseAlone");
            assertThat(info(service))
                    .containsEntry("anti-patterns", List.of("dual-write", "lock-without-token", "wall-clock"));
            MeterRegistry meters = service.getBean(MeterRegistry.class);
            for (String name : List.of("dual-write", "lock-without-token", "wall-clock")) {
                assertThat(meters.get("orderly.anti-patterns")
                                .tag("name", name)
                                .gauge()
                                .value())
                        .isEqualTo(1);
            }
            assertSendsWithoutTheOutboxTable(service);
        }
    }

    private static void assertSendsWithoutTheOutboxTable(ConfigurableApplicationContext service) {
        OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var written = new AtomicInteger(-1);
        JdbcClient jdbc = service.getBean(JdbcClient.class);
        new TransactionTemplate(service.getBean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            service.getBean(Outbox.class).append(new OrderResumed(order));
            // called after all writes of the transaction, including those of an outbox
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCompletion() {
                    written.set(jdbc.sql("select count(*) from outbox")
                            .query(Integer.class)
                            .single());
                }
            });
        });
        assertThat(written).hasValue(0);
        var kafka =
                new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of(Topic.ORDER_EVENTS.topicName()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> kafka.messages(Topic.ORDER_EVENTS.topicName(), order.toString())
                        .equals(List.of(new OrderResumed(order))));
    }

    @Test
    void noAntiPatternIsSwitchedOnByDefault() {
        try (ConfigurableApplicationContext service = start("")) {
            assertThat(service.getBean(MessageClock.class).getClass()).isEqualTo(MessageClock.class);
            assertThat(service.getBean(MessageDispatcher.class)).isNotInstanceOf(DualWrite.class);
            assertThat(service.getBean(PartitionTokens.class).getClass()).isEqualTo(PartitionTokens.class);
            assertThat(info(service)).containsEntry("anti-patterns", List.of());
            assertThat(service.getBean(MeterRegistry.class)
                            .find("orderly.anti-patterns")
                            .gauge())
                    .isNull();
        }
    }

    @Test
    void anUnknownAntiPatternIsRejected() {
        assertThatThrownBy(() -> start("dual-read").close())
                .hasRootCauseMessage("No enum constant io.orderly.antipatterns.AntiPattern.dual-read");
    }

    /** The shipping-service does not call the payment provider. */
    @Test
    void anUnsupportedAntiPatternIsRejected() {
        assertThatThrownBy(() -> start("endless-retries").close())
                .hasMessage("orderly.anti-patterns: this service does not support endless-retries");
    }

    private static ConfigurableApplicationContext start(String antiPatterns) {
        Map<String, String> settings = new HashMap<>(BACKENDS);
        settings.put("orderly.anti-patterns", antiPatterns);
        // a separate consumer group, because the service of another test may still run
        settings.put("spring.application.name", "wrong-test");
        return new SpringApplicationBuilder(ShippingServiceApplication.class)
                .run(SingleServiceSettings.arguments(
                        SingleServiceSettings.SHIPPING_DEFAULTS, SingleServiceSettings.SHIPPING_MIGRATIONS, settings));
    }

    private static Map<String, Object> info(ConfigurableApplicationContext service) {
        var info = new Info.Builder();
        service.getBeansOfType(InfoContributor.class).values().forEach(each -> each.contribute(info));
        return info.build().getDetails();
    }
}
