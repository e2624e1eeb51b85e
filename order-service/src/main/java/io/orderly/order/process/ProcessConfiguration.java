package io.orderly.order.process;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SagaProperties.class)
class ProcessConfiguration {

    /** A poll may be delayed in a busy process. */
    private static final int TOLERATED_POLL_INTERVALS = 4;

    @Bean
    DeadlineClock deadlineClock(SharedDeadlineTime shared, Clock wallClock, SagaProperties properties) {
        return new DeadlineClock(
                shared,
                wallClock,
                System::nanoTime,
                ProcessConfiguration::sleep,
                properties.pollInterval().multipliedBy(TOLERATED_POLL_INTERVALS));
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }
}
