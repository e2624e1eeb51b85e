package io.orderly.order.process;

import io.orderly.order.saga.OrderSaga;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SagaProperties.class)
class ProcessConfiguration {

    @Bean
    OrderSaga orderSaga(SagaProperties properties) {
        return new OrderSaga(properties.deadlines());
    }
}
