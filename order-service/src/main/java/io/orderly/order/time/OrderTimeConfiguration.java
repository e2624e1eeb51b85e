package io.orderly.order.time;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.clock.TimestampAllocator;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderTimeProperties.class)
class OrderTimeConfiguration {

    @Bean
    OrderTime orderTime(
            ObjectProvider<TimestampAllocator> allocator,
            OrderTimeProperties properties,
            Clock wallClock,
            MeterRegistry meters) {
        return new OrderTime(
                allocator.getIfAvailable(), properties, wallClock, System::nanoTime, new SecureRandom(), meters);
    }
}
