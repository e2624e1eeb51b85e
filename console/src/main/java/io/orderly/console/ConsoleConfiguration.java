package io.orderly.console;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.console.actions.OrderService;
import io.orderly.console.stream.PageStreams;
import io.orderly.console.system.SystemPoller;
import io.orderly.console.topics.TopicReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
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
                properties.maxOrdersPerSecond(), properties.maxStreams(), () -> orders.newest(ORDERS_OF_A_NEW_PAGE));
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
    SystemPoller systemPoller(ConsoleProperties properties, TopicReader topics, PageStreams streams) {
        Map<String, URI> services = new LinkedHashMap<>();
        services.put("order-service", properties.services().order());
        services.put("inventory-service", properties.services().inventory());
        services.put("payment-service", properties.services().payment());
        services.put("shipping-service", properties.services().shipping());
        return new SystemPoller(services, properties.coordinators(), topics::state, streams::changed);
    }

    @Bean
    OrderService orderService(ConsoleProperties properties) {
        return new OrderService(properties.services().order());
    }
}
