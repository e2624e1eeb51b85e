package io.orderly.coordinator.client.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.clock.TimestampAllocator;
import io.orderly.coordinator.client.ClientObserver;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.Timestamps;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.integration.support.locks.LockRegistry;

/** Provides the client, unless the application defines one. It connects when it is first used. */
@AutoConfiguration(
        after = SslAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(CoordinatorClientProperties.class)
@ConditionalOnProperty(name = "orderly.coordinator.client.enabled", matchIfMissing = true)
public class CoordinatorClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CoordinatorClient coordinatorClient(
            CoordinatorClientProperties properties,
            ObjectProvider<ClientObserver> observers,
            ObjectProvider<SslBundles> bundles) {
        ClientObserver observer = observers.getIfAvailable(() -> ClientObserver.NONE);
        return properties.tlsBundle() == null
                ? CoordinatorClient.connect(properties.settings(), observer)
                : CoordinatorClient.connectEncrypted(
                        properties.settings(), observer, new BundleTls(bundles.getObject(), properties.tlsBundle()));
    }

    /** Timestamps without a reserve, for what keeps one itself. */
    @Bean
    @ConditionalOnMissingBean
    TimestampAllocator coordinatorTimestamps(CoordinatorClient client) {
        Timestamps timestamps = client.timestamps();
        return count -> timestamps.next(count).first();
    }

    @Bean
    CoordinatorProbe coordinatorProbe(CoordinatorClient client, CoordinatorClientProperties properties) {
        return new CoordinatorProbe(client, properties);
    }

    @Bean
    LeaderElections leaderElections(CoordinatorClient client) {
        return new LeaderElections(client);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderOnlyPostProcessor leaderOnlyPostProcessor(
            ObjectProvider<LeaderElections> elections, ObjectProvider<ClientObserver> observer) {
        return new LeaderOnlyPostProcessor(elections, observer);
    }

    /** Metrics, if the application has a registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(ClientObserver.class)
        ClientObserver coordinatorClientMeters(MeterRegistry meters) {
            return new ClientMeters(meters);
        }
    }

    /** Health, if the application reports it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @ConditionalOnEnabledHealthIndicator("coordinator")
    static class Health {

        @Bean
        HealthIndicator coordinatorHealthIndicator(CoordinatorClient client, CoordinatorClientProperties properties) {
            return new CoordinatorHealthIndicator(client, properties.healthTimeout());
        }
    }

    /** Locks, if the application has Spring Integration and no registry of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(LockRegistry.class)
    static class Locks {

        @Bean
        @ConditionalOnMissingBean(LockRegistry.class)
        CoordinatorLockRegistry coordinatorLockRegistry(
                CoordinatorClient client, CoordinatorClientProperties properties) {
            return new CoordinatorLockRegistry(client, properties.lockPrefix());
        }
    }
}
