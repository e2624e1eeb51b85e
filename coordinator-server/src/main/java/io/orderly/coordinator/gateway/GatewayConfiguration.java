package io.orderly.coordinator.gateway;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orderly.coordinator.connection.ClientTls;
import io.orderly.coordinator.connection.RefusalLog;
import io.orderly.coordinator.etcd.GrpcServerCustomizer;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the gRPC services with their callers within the process: the JSON gateway, and parts of the REST API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    /** Serves the gRPC services within the process; on the threads of the callers, since no service blocks. */
    @Bean(initMethod = "start", destroyMethod = "shutdownNow")
    Server inProcessServer(ObjectProvider<BindableService> services, ObjectProvider<ServerInterceptor> interceptors) {
        var server = InProcessServerBuilder.forName(InProcessServerBuilder.generateName())
                .directExecutor();
        services.orderedStream().forEach(server::addService);
        interceptors.orderedStream().forEach(server::intercept);
        return server.build();
    }

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel inProcessChannel(Server inProcessServer) {
        var address = inProcessServer.getListenSockets().getFirst();
        return InProcessChannelBuilder.forAddress(address).directExecutor().build();
    }

    @Bean
    ResidentMemory residentMemory() {
        return new ResidentMemory();
    }

    @Bean
    JsonGateway jsonGateway(
            ManagedChannel inProcessChannel,
            ObjectProvider<PrometheusMeterRegistry> prometheus,
            GatewayProperties properties,
            ObjectProvider<ClientTls> tls,
            MeterRegistry meters) {
        Supplier<String> metrics = () -> prometheus.stream()
                .map(PrometheusMeterRegistry::scrape)
                .findFirst()
                .orElse("");
        Optional<TlsPort> port = Optional.ofNullable(tls.getIfAvailable())
                .map(found -> new TlsPort(found, new RefusalLog(System::nanoTime), meters));
        return new JsonGateway(inProcessChannel, metrics, properties, port);
    }

    @Bean
    GrpcServerCustomizer gatewayOnTheSamePort(JsonGateway gateway) {
        return gateway::installOn;
    }
}
