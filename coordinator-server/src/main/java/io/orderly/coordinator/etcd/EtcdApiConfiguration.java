package io.orderly.coordinator.etcd;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.member.Coordinator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The services of the etcd API and their server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EtcdApiProperties.class)
class EtcdApiConfiguration {

    @Bean
    Headers headers(Coordinator coordinator) {
        return new Headers(coordinator);
    }

    @Bean
    LongReads longReads() {
        return new LongReads();
    }

    @Bean
    KvService kvService(Coordinator coordinator, Headers headers, LongReads longReads) {
        return new KvService(coordinator, headers, longReads.executor());
    }

    @Bean
    WatchService watchService(Coordinator coordinator, Headers headers) {
        return new WatchService(coordinator, headers);
    }

    @Bean
    LeaseService leaseService(Coordinator coordinator, Headers headers, LongReads longReads) {
        return new LeaseService(coordinator, headers, longReads.executor());
    }

    @Bean
    LockService lockService(Coordinator coordinator, Headers headers) {
        return new LockService(coordinator, headers);
    }

    @Bean
    ElectionService electionService(Coordinator coordinator, Headers headers) {
        return new ElectionService(coordinator, headers);
    }

    @Bean
    ClusterService clusterService(Coordinator coordinator, Headers headers) {
        return new ClusterService(coordinator, headers);
    }

    @Bean
    MaintenanceService maintenanceService(Coordinator coordinator, Headers headers, LongReads longReads) {
        return new MaintenanceService(coordinator, headers, longReads.executor());
    }

    @Bean
    AuthService authService(Headers headers) {
        return new AuthService(headers);
    }

    @Bean
    TimestampsService timestampsService(Coordinator coordinator) {
        return new TimestampsService(coordinator);
    }

    @Bean
    LeaderRequirement leaderRequirement(Coordinator coordinator, EtcdApiProperties properties) {
        return new LeaderRequirement(coordinator, properties.noLeaderPatience());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LeaderCheck leaderCheck(LeaderRequirement requirement) {
        return new LeaderCheck(requirement);
    }

    @Bean
    HybridTimeMetadata hybridTimeMetadata(Coordinator coordinator) {
        return new HybridTimeMetadata(coordinator.clock());
    }

    @Bean
    ConnectionLimit connectionLimit(EtcdApiProperties properties, ObjectProvider<MeterRegistry> meters) {
        var limit = new ConnectionLimit(properties.maxConnections());
        meters.ifAvailable(registry -> {
            registry.gauge("orderly.coordinator.api.connections", limit, ConnectionLimit::open);
            registry.more()
                    .counter("orderly.coordinator.api.connections.closed", List.of(), limit, ConnectionLimit::closed);
        });
        return limit;
    }

    @Bean
    EtcdServer etcdServer(
            EtcdApiProperties properties,
            List<BindableService> services,
            List<ServerInterceptor> interceptors,
            ObjectProvider<GrpcServerCustomizer> customizers,
            ConnectionLimit connections) {
        return new EtcdServer(
                properties, services, interceptors, customizers.orderedStream().toList(), connections);
    }
}
