package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.antipatterns.AntiPatternMigrations;
import io.orderly.kit.httpclient.PooledRequestFactory;
import io.orderly.payment.PaymentProperties;
import io.orderly.payment.PaymentServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

@AutoConfiguration
@ConditionalOnClass(PaymentServiceApplication.class)
@ConditionalOnBean(PaymentServiceApplication.class)
@Import({Authorizations.class, PaymentBranch.class, PaymentBranchController.class})
class PaymentBranchAutoConfiguration {

    @Bean
    AuthorizingProvider authorizingProvider(RestClient.Builder clients, PaymentProperties settings) {
        PaymentProperties.Provider provider = settings.provider();
        RestClient client = clients.baseUrl(provider.url())
                .requestFactory(PooledRequestFactory.create(
                        provider.connectTimeout(), provider.readTimeout(), settings.maxUnderWay()))
                .build();
        return new HttpAuthorizingProvider(HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(AuthorizationApi.class));
    }

    @Bean
    FlywayConfigurationCustomizer authorizationTables() {
        return AntiPatternMigrations.in("payments");
    }
}
