package io.orderly.order.participants;

import io.orderly.kit.httpclient.PooledRequestFactory;
import io.orderly.kit.security.ForwardedToken;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParticipantProperties.class)
class ParticipantConfiguration {

    @Bean
    ParticipantClients participantClients(RestClient.Builder clients, ParticipantProperties properties) {
        return new ParticipantClients(
                clients.requestFactory(PooledRequestFactory.create(
                                properties.connectTimeout(), properties.readTimeout(), properties.connections()))
                        .requestInterceptor(new ForwardedToken()),
                properties.inventory().url());
    }

    @Bean
    ProblemTypes participantProblems() {
        return new ProblemTypes(List.of(ParticipantProblems.UNAVAILABLE));
    }
}
