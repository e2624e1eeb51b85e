package io.orderly.coordinator.partitions;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Shares the partitions of the service between its instances, if there is a client of the coordinator. */
@AutoConfiguration(after = CoordinatorClientAutoConfiguration.class)
@ConditionalOnBean(CoordinatorClient.class)
@ConditionalOnProperty(name = "orderly.partitions.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PartitionsProperties.class)
public class PartitionsAutoConfiguration {

    @Bean
    SharedPartitions sharedPartitions(
            CoordinatorClient client,
            PartitionsProperties properties,
            MeterRegistry meters,
            @Value("${spring.application.name}") String service) {
        SharedPartitions partitions = new SharedPartitions(
                client,
                new PartitionKeys(service),
                properties.leaseTtl(),
                properties.retryDelay(),
                new PartitionMetrics(meters));
        Gauge.builder("orderly.partitions.owned", partitions, SharedPartitions::owned)
                .description("partitions that this instance owns")
                .register(meters);
        return partitions;
    }

    @Bean
    PartitionsEndpoint partitionsEndpoint(SharedPartitions partitions) {
        return new PartitionsEndpoint(partitions);
    }
}
