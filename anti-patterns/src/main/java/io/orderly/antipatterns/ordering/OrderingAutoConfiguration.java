package io.orderly.antipatterns.ordering;

import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.web.ProblemTypes;
import io.orderly.order.OrderServiceApplication;
import io.orderly.order.Orders;
import io.orderly.order.participants.ParticipantClients;
import io.orderly.order.process.Sagas;
import io.orderly.order.timeline.Timelines;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Applies to the order-service only. */
@AutoConfiguration
@ConditionalOnClass(OrderServiceApplication.class)
@ConditionalOnBean(OrderServiceApplication.class)
@EnableConfigurationProperties(SagaParticipantProperties.class)
class OrderingAutoConfiguration {

    @Bean
    FulfilledOrders fulfilledOrders(Orders orders, Sagas sagas, Timelines timelines, MessageTraces traces) {
        return new FulfilledOrders(orders, sagas, timelines, traces);
    }

    @Bean
    SagaParticipantClients sagaParticipantClients(ParticipantClients clients, SagaParticipantProperties properties) {
        return new SagaParticipantClients(clients, properties);
    }

    @Bean
    PreviousAnswers previousAnswers(IdempotencyKeys keys) {
        return new PreviousAnswers(keys);
    }

    @Bean
    ProblemTypes orderProblems() {
        return OrderProblems.all();
    }
}
