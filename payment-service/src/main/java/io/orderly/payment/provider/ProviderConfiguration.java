package io.orderly.payment.provider;

import io.orderly.payment.PaymentSettings;
import java.net.http.HttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;

/** Makes the calls of {@link ProviderApi} go to the provider. */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = ProviderConfiguration.GROUP, types = ProviderApi.class)
class ProviderConfiguration {

    static final String GROUP = "payment-provider";

    @Bean
    RestClientHttpServiceGroupConfigurer providerGroup(PaymentSettings settings) {
        var provider = settings.provider();
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(provider.connectTimeout())
                .build();
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(provider.readTimeout());
        return groups -> groups.filterByName(GROUP)
                .forEachClient((_, builder) -> builder.baseUrl(provider.url()).requestFactory(requests));
    }
}
