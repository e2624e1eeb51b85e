package io.orderly.kit.consuming;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.ClassUtils;

/** A service that uses the messaging module without the participant module. */
@SpringBootTest(
        classes = MessagingModuleIntegrationTest.Service.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.application.name=messaging-alone", "orderly.security.open=anywhere"})
class MessagingModuleIntegrationTest {

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    Service.Notes notes;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        SharedBackends.springProperties("messaging_alone").forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void doesNotNeedTheParticipantModule() {
        assertThat(ClassUtils.isPresent(
                        "io.orderly.kit.participant.CommandHandler", getClass().getClassLoader()))
                .isFalse();
    }

    @Test
    void handlesAMessageThatATransactionSent() {
        var order = new OrderId(Generators.timeBasedEpochGenerator().generate());
        transactions.executeWithoutResult(_ -> outbox.append(new InventoryReserved(order)));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(notes.handled).contains(new InventoryReserved(order)));
    }

    @Test
    void recordsNoSpanWithoutAnEndpointForTraces(@Autowired MessageTraces traces) {
        var sender = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

        TraceParent inside = traces.inSpan("work", sender, () -> requireNonNull(traces.currentTraceParent()));

        assertThat(inside.traceId()).isEqualTo(sender.traceId());
        assertThat(inside.isSampled()).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Service.Notes.class)
    static class Service {

        static class Notes implements MessageHandler {

            private final List<Object> handled = new CopyOnWriteArrayList<>();

            @Override
            public Topic topic() {
                return Topic.ORDER_EVENTS;
            }

            @Override
            public void handle(MessageBatch batch) {
                batch.messages().stream().map(IncomingMessage::payload).forEach(handled::add);
            }
        }
    }
}
