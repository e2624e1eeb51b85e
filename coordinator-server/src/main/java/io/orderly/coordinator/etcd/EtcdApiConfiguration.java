package io.orderly.coordinator.etcd;

import com.sun.management.UnixOperatingSystemMXBean;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.auth.Authenticator;
import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.Coordinator;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The services of the etcd API and their server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EtcdApiProperties.class)
class EtcdApiConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EtcdApiConfiguration.class);

    @Bean
    Headers headers(Coordinator coordinator) {
        return new Headers(coordinator);
    }

    @Bean
    LongReads longReads() {
        return new LongReads();
    }

    @Bean
    Callers callers(Coordinator coordinator, Tokens tokens) {
        return new Callers(coordinator, tokens);
    }

    @Bean
    KvService kvService(Callers callers, Headers headers, LongReads longReads) {
        return new KvService(callers, headers, longReads.executor());
    }

    @Bean
    WatchService watchService(Callers callers, Headers headers) {
        return new WatchService(callers, headers);
    }

    @Bean
    LeaseService leaseService(Callers callers, Headers headers, LongReads longReads) {
        return new LeaseService(callers, headers, longReads.executor());
    }

    @Bean
    LockService lockService(Callers callers, Headers headers) {
        return new LockService(callers, headers);
    }

    @Bean
    ElectionService electionService(Callers callers, Headers headers) {
        return new ElectionService(callers, headers);
    }

    @Bean
    ClusterService clusterService(Coordinator coordinator, Headers headers) {
        return new ClusterService(coordinator, headers);
    }

    @Bean
    MaintenanceService maintenanceService(
            Coordinator coordinator, Callers callers, Headers headers, LongReads longReads) {
        return new MaintenanceService(coordinator, callers, headers, longReads.executor());
    }

    @Bean
    AuthService authService(Callers callers, Headers headers, Authenticator authenticator) {
        return new AuthService(callers, headers, authenticator);
    }

    @Bean
    TimestampsService timestampsService(Callers callers) {
        return new TimestampsService(callers);
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
        var limit = new ConnectionLimit(withinFileDescriptors(properties.maxConnections()));
        meters.ifAvailable(registry -> {
            registry.gauge("orderly.coordinator.api.connections", limit, ConnectionLimit::open);
            registry.more()
                    .counter("orderly.coordinator.api.connections.closed", List.of(), limit, ConnectionLimit::closed);
        });
        return limit;
    }

    /**
     * At most half of the file descriptors that this process may have: without one, neither connections nor files of the log can be
     * opened.
     */
    private static int withinFileDescriptors(int maxConnections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long allowed = Math.max(1, system.getMaxFileDescriptorCount() / 2);
            if (allowed < maxConnections) {
                LOG.warn(
                        "At most {} connections instead of {}: this process may open {} files",
                        allowed,
                        maxConnections,
                        system.getMaxFileDescriptorCount());
                return (int) allowed;
            }
        }
        return maxConnections;
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
