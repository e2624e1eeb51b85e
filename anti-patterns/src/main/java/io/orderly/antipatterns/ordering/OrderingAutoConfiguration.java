package io.orderly.antipatterns.ordering;

import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.ProblemTypes;
import io.orderly.order.OrderService;
import io.orderly.order.timeline.Timelines;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Only the order-service places orders. */
@AutoConfiguration
@ConditionalOnClass(OrderService.class)
@ConditionalOnBean(OrderService.class)
class OrderingAutoConfiguration {

    @Bean
    FulfilledOrders fulfilledOrders(UnitOfWork unitOfWork, Timelines timelines, MessageTraces traces) {
        return new FulfilledOrders(unitOfWork, timelines, traces);
    }

    @Bean
    GivenAnswers givenAnswers(IdempotencyKeys keys) {
        return new GivenAnswers(keys);
    }

    @Bean
    ProblemTypes orderProblems() {
        return OrderProblems.all();
    }
}
