package io.orderly.order.participants;

import io.orderly.kit.calls.Calls;
import java.net.URI;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParticipantProperties.class)
class ParticipantConfiguration {

    @Bean
    ParticipantClients participantClients(RestClient.Builder clients, ParticipantProperties properties) {
        ClientHttpRequestFactory requests =
                Calls.of(properties.connectTimeout(), properties.readTimeout(), properties.connections());
        return new ParticipantClients(
                client(clients, requests, properties.inventory().url()),
                client(clients, requests, properties.payment().url()),
                client(clients, requests, properties.shipping().url()));
    }

    private static RestClient client(RestClient.Builder clients, ClientHttpRequestFactory requests, URI url) {
        return clients.clone().baseUrl(url).requestFactory(requests).build();
    }
}
