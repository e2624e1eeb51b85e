package io.orderly.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.gateway.balancing.Instances;
import io.orderly.gateway.forwarding.BrokenResponseFilter;
import io.orderly.gateway.forwarding.Forwarder;
import io.orderly.gateway.forwarding.ForwardingMetrics;
import io.orderly.gateway.forwarding.GatewayProblems;
import io.orderly.gateway.forwarding.HeaderFilters;
import io.orderly.gateway.forwarding.InstanceConnections;
import io.orderly.gateway.routing.RoutesEndpoint;
import io.orderly.gateway.routing.RoutesWebServerFactory;
import io.orderly.kit.members.KnownMembers;
import io.orderly.kit.web.ProblemTypes;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/** Connects the ports, the choice of an instance and the connections to instances. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    RoutesWebServerFactory webServerFactory(GatewayProperties properties) {
        return new RoutesWebServerFactory(properties.routes());
    }

    @Bean
    Instances instances(KnownMembers members) {
        return new Instances(members);
    }

    @Bean
    RoutesEndpoint routesEndpoint(RoutesWebServerFactory ports, Instances instances) {
        return new RoutesEndpoint(ports, instances);
    }

    @Bean
    ProblemTypes gatewayProblems() {
        return GatewayProblems.TYPES;
    }

    @Bean
    BrokenResponseFilter brokenResponseFilter() {
        return new BrokenResponseFilter();
    }

    @Bean
    ProxyExchange proxyExchange(GatewayProperties properties, GatewayMvcProperties streaming) {
        var connections = InstanceConnections.create(
                properties.connectTimeout(), properties.responseTimeout(), properties.connectionsPerInstance());
        return new RestClientProxyExchange(
                RestClient.builder().requestFactory(connections).build(), streaming);
    }

    @Bean
    Forwarder forwarder(
            Instances instances,
            ProxyExchange exchange,
            List<RequestHttpHeadersFilter> requestFilters,
            List<ResponseHttpHeadersFilter> responseFilters,
            MeterRegistry meters) {
        return new Forwarder(
                instances,
                ThreadLocalRandom::current,
                exchange,
                new HeaderFilters(requestFilters, responseFilters),
                new ForwardingMetrics(meters));
    }

    /**
     * Everything that arrives at the port of a route, except the descriptions of the gateway's own problems, which no service has. Error dispatches
     * of the container are about this process.
     */
    @Bean
    RouterFunction<ServerResponse> routes(RoutesWebServerFactory ports, Forwarder forwarder) {
        return request -> request.servletRequest().getDispatcherType() != DispatcherType.REQUEST
                        || GatewayProblems.isDescribedAt(request.path())
                ? Optional.empty()
                : ports.serviceAt(localPort(request)).map(service -> routed -> forwarder.forward(service, routed));
    }

    private static int localPort(ServerRequest request) {
        return request.servletRequest().getLocalPort();
    }

    /** Before the endpoints of the actuator: at the port of a service these are the instance's. */
    @Bean
    static BeanPostProcessor routesFirst() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof RouterFunctionMapping mapping) {
                    mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
                }
                return bean;
            }
        };
    }
}
