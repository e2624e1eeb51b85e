package io.orderly.payment.provider;

import io.orderly.kit.httpclient.PooledRequestFactory;
import io.orderly.payment.PaymentProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;

/** Makes the calls of {@link ProviderApi} go to the provider. */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = ProviderConfiguration.GROUP, types = ProviderApi.class)
class ProviderConfiguration {

    static final String GROUP = "payment-provider";

    /** Its connections are as many as payments under way, so that nobody waits for one. */
    @Bean
    RestClientHttpServiceGroupConfigurer providerGroup(PaymentProperties settings) {
        var provider = settings.provider();
        var requests =
                PooledRequestFactory.create(provider.connectTimeout(), provider.readTimeout(), settings.maxUnderWay());
        return groups -> groups.filterByName(GROUP)
                .forEachClient((_, builder) -> builder.baseUrl(provider.url()).requestFactory(requests));
    }
}
