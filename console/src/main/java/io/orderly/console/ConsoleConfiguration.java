package io.orderly.console;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.console.audit.AuditWatch;
import io.orderly.console.faults.FaultWatch;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.lesson.Lessons;
import io.orderly.console.lesson.World;
import io.orderly.console.order.OrderView;
import io.orderly.console.stream.PageStreams;
import io.orderly.console.system.SystemPoller;
import io.orderly.console.system.SystemView;
import io.orderly.console.topics.LagReader;
import io.orderly.console.topics.TopicReader;
import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.inventory.ProductChanged;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects what reads, what keeps and what shows. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfiguration {

    private static final int ORDERS_OF_A_NEW_PAGE = 50;

    @Bean
    WatchedOrders watchedOrders(ConsoleProperties properties) {
        return new WatchedOrders(properties.maxOrders(), properties.maxMemory().toBytes());
    }

    @Bean(initMethod = "start")
    PageStreams pageStreams(ConsoleProperties properties, WatchedOrders orders, MeterRegistry meters) {
        PageStreams streams = new PageStreams(
                properties.maxOrdersPerSecond(),
                properties.maxStreams(),
                properties.intervals().heartbeat(),
                () -> orders.newest(ORDERS_OF_A_NEW_PAGE));
        Gauge.builder("orderly.console.streams", streams, PageStreams::openStreams)
                .description("open pages")
                .register(meters);
        return streams;
    }

    @Bean(initMethod = "start")
    TopicReader topicReader(
            ConsoleProperties properties, WatchedOrders orders, PageStreams streams, MeterRegistry meters) {
        TopicReader reader = new TopicReader(
                properties.kafka(), properties.pastRecords(), record -> orders.add(record, streams::changed));
        FunctionCounter.builder(
                        "orderly.console.records", reader, each -> each.state().records())
                .description("records that were read from the topics")
                .register(meters);
        return reader;
    }

    @Bean(initMethod = "start")
    LagReader lagReader(ConsoleProperties properties) {
        return new LagReader(properties.kafka());
    }

    @Bean(initMethod = "start")
    FaultWatch faultWatch(ConsoleProperties properties, Upstreams upstreams) {
        return new FaultWatch(upstreams.faultControl(), properties.intervals().faults());
    }

    @Bean(initMethod = "start")
    AuditWatch auditWatch(WatchedOrders orders, TopicReader topics, Upstreams upstreams) {
        return new AuditWatch(
                orders::facts,
                () -> orders.products().stream().map(ProductChanged::key).toList(),
                () -> topics.state().reachable(),
                upstreams);
    }

    @Bean(initMethod = "start")
    SystemPoller systemPoller(
            ConsoleProperties properties,
            TopicReader topics,
            LagReader lags,
            FaultWatch faults,
            AuditWatch audit,
            PageStreams streams) {
        return new SystemPoller(
                services(properties),
                properties.provider(),
                properties.coordinators(),
                topics::state,
                lags::lags,
                faults::view,
                audit::view,
                properties.intervals().system(),
                streams::changed);
    }

    @Bean
    Lessons lessons(
            WatchedOrders orders,
            FaultWatch faults,
            SystemPoller system,
            Upstreams upstreams,
            ObjectProvider<InstantSource> clock) {
        World world = new World() {

            @Override
            public Optional<OrderView> order(String id) {
                return orders.order(id);
            }

            @Override
            public FaultsView faults() {
                return faults.view();
            }

            @Override
            public Optional<SystemView> system() {
                return system.last();
            }
        };
        return new Lessons(world, upstreams, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    Upstreams upstreams(ConsoleProperties properties) {
        HttpClient http = Upstream.client();
        Map<String, Upstream> services = new LinkedHashMap<>();
        services(properties).forEach((name, url) -> services.put(name, new Upstream(name, url, http)));
        return new Upstreams(
                services,
                properties.coordinators().stream()
                        .map(url -> new Upstream("coordinator", url, http))
                        .toList(),
                properties.faults() == null ? null : new Upstream("launcher", properties.faults(), http),
                http);
    }

    private static Map<String, URI> services(ConsoleProperties properties) {
        Map<String, URI> services = new LinkedHashMap<>();
        services.put(Upstreams.ORDER_SERVICE, properties.services().order());
        services.put("inventory-service", properties.services().inventory());
        services.put("payment-service", properties.services().payment());
        services.put("shipping-service", properties.services().shipping());
        return services;
    }
}
