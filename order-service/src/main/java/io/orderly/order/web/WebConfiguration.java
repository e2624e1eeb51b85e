package io.orderly.order.web;

import io.orderly.kit.web.ProblemTypes;
import io.orderly.order.participants.ParticipantProblems;
import io.orderly.order.saga.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamProperties.class)
class WebConfiguration {

    @Bean
    ProblemTypes refusals() {
        return new ProblemTypes(
                Stream.of(Refusal.values()).map(SagaController::typeOf).toList());
    }

    @Bean
    ProblemTypes participantProblems() {
        return new ProblemTypes(List.of(ParticipantProblems.UNAVAILABLE));
    }
}
