package io.orderly.coordinator.partitions;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import io.orderly.partitions.range.RangeMapStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Keeps the range map of the service in the coordinator, if there is a client of it. A service without ranges makes no request. */
@AutoConfiguration(after = CoordinatorClientAutoConfiguration.class)
@ConditionalOnBean(CoordinatorClient.class)
public class RangesAutoConfiguration {

    @Bean
    RangeMapStore sharedRangeMap(CoordinatorClient client, @Value("${spring.application.name}") String service) {
        return new SharedRangeMap(client, service);
    }
}
