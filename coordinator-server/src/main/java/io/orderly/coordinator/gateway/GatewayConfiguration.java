package io.orderly.coordinator.gateway;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orderly.coordinator.etcd.GrpcServerCustomizer;
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
            ObjectProvider<PrometheusMeterRegistry> meters,
            GatewayProperties properties) {
        Supplier<String> metrics = () ->
                meters.stream().map(PrometheusMeterRegistry::scrape).findFirst().orElse("");
        return new JsonGateway(inProcessChannel, metrics, properties);
    }

    @Bean
    GrpcServerCustomizer gatewayOnTheSamePort(JsonGateway gateway) {
        return gateway::installOn;
    }
}
