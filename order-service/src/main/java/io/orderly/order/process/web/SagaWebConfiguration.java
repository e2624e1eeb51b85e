package io.orderly.order.process.web;

import io.orderly.kit.web.ProblemTypes;
import io.orderly.order.saga.Refusal;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SagaWebConfiguration {

    @Bean
    ProblemTypes refusals() {
        return new ProblemTypes(
                Stream.of(Refusal.values()).map(SagaController::typeOf).toList());
    }
}
