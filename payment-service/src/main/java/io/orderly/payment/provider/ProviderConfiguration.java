package io.orderly.payment.provider;

import io.orderly.kit.httpclient.PooledRequestFactory;
import io.orderly.payment.PaymentProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;

/** Configures the HTTP client of {@link ProviderApi}. */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = ProviderConfiguration.GROUP, types = ProviderApi.class)
class ProviderConfiguration {

    static final String GROUP = "payment-provider";

    /**
     * The connection pool has one connection for each payment in settlement, so that no payment waits for a connection.
     */
    @Bean
    RestClientHttpServiceGroupConfigurer providerGroup(PaymentProperties properties) {
        var provider = properties.provider();
        var requests = PooledRequestFactory.create(
                provider.connectTimeout(), provider.readTimeout(), properties.maxUnderWay());
        return groups -> groups.filterByName(GROUP)
                .forEachClient((_, builder) -> builder.baseUrl(provider.url()).requestFactory(requests));
    }
}
