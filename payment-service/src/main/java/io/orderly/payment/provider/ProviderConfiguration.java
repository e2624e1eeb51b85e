package io.orderly.payment.provider;

import io.orderly.payment.PaymentSettings;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
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
        var requests = new HttpComponentsClientHttpRequestFactory(client(provider, settings.maxUnderWay()));
        requests.setReadTimeout(provider.readTimeout());
        return groups -> groups.filterByName(GROUP)
                .forEachClient((_, builder) -> builder.baseUrl(provider.url()).requestFactory(requests));
    }

    /**
     * Blocks, which costs nothing on a virtual thread. It tries nothing again by itself: that is for {@code ProviderGuard} to
     * decide. Its connections are as many as payments under way, so that nobody waits for one.
     */
    private static HttpClient client(PaymentSettings.Provider provider, int maxUnderWay) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(maxUnderWay)
                .setMaxConnPerRoute(maxUnderWay)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(provider.connectTimeout()))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }
}
