package io.orderly.antipatterns.inmemorycompensation;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.dualwrite.DualWrite;
import io.orderly.antipatterns.ordering.FulfilledOrders;
import io.orderly.antipatterns.ordering.PreviousAnswers;
import io.orderly.chaos.CrashPoints;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.outbox.OutboxProperties;
import io.orderly.kit.outbox.PublicationListener;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.OrderServiceApplication;
import io.orderly.order.placement.OrderPlacement;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ProducerFactory;

/** Adds the placement of orders by synchronous calls to the order-service. */
@AutoConfiguration
@ConditionalOnClass(OrderServiceApplication.class)
@ConditionalOnBean(OrderServiceApplication.class)
@EnableConfigurationProperties(InMemoryCompensationProperties.class)
@Import({StepClient.class, InMemoryCompensationController.class})
class InMemoryCompensationAutoConfiguration {

    @Bean
    InMemoryOrderPlacement inMemoryOrders(
            OrderPlacement orderPlacement,
            IdempotencyKeys keys,
            PreviousAnswers answers,
            FulfilledOrders fulfilled,
            AfterCommitEvents events,
            StepClient steps,
            InMemoryCompensationProperties properties,
            MeterRegistry meters,
            CrashPoints crashPoints) {
        return new InMemoryOrderPlacement(
                orderPlacement, keys, answers, fulfilled, events.outbox(), steps, properties, meters, crashPoints);
    }

    /** A wrapper, because an {@code Outbox} bean would be used by other components too. */
    record AfterCommitEvents(TransactionalOutbox outbox) {}

    @Bean
    AfterCommitEvents eventsAfterTheFact(
            ProducerFactory<String, byte[]> producers,
            InMemoryCompensationProperties properties,
            UnitOfWork unitOfWork,
            MessageClock clock,
            MessageTraces traces,
            Clock wallClock,
            OutboxProperties outboxProperties,
            ObjectProvider<PublicationListener> listeners,
            @Value("${spring.application.name}") String serviceName,
            MeterRegistry meters) {
        return new AfterCommitEvents(new TransactionalOutbox(
                unitOfWork,
                new DualWrite(producers, properties.eventPatience(), meters),
                clock,
                traces,
                wallClock,
                serviceName,
                outboxProperties.maxMessageBytes(),
                listeners.orderedStream().toList()));
    }
}
