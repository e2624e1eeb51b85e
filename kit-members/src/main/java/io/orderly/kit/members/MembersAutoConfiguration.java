package io.orderly.kit.members;

import io.orderly.kit.web.RequestsInProgress;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Makes the service a member, and provides the endpoint and the metrics. */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty("orderly.members.enabled")
@EnableConfigurationProperties(MembersProperties.class)
class MembersAutoConfiguration {

    @Bean
    Membership membership(
            @Value("${spring.application.name}") String service,
            MembersProperties properties,
            Environment environment,
            ObjectProvider<RequestsInProgress> requests) {
        IntSupplier httpPort = () -> environment.getRequiredProperty("local.server.port", Integer.class);
        RequestsInProgress load = requests.getIfAvailable(() -> () -> 0);
        return new Membership(
                Instance.of(service, properties, environment.getProperty("server.address")), httpPort, load::count);
    }

    @Bean
    MembersEndpoint membersEndpoint(Membership membership) {
        return new MembersEndpoint(
                membership.service(), membership::view, membership::isRunning, InstantSource.system());
    }

    @Bean
    MemberMetrics memberMetrics(Membership membership) {
        return new MemberMetrics(membership);
    }
}
