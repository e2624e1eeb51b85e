package io.orderly.antipatterns.dualwrite;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.kit.outbox.MessageDispatcher;
import io.orderly.kit.outbox.OutboxAutoConfiguration;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ProducerFactory;

@AutoConfiguration(before = OutboxAutoConfiguration.class)
class DualWriteAutoConfiguration {

    @Bean
    @ConditionalOnAntiPattern(AntiPattern.DUAL_WRITE)
    MessageDispatcher dualWrite(
            ProducerFactory<String, byte[]> producers,
            @Value("${orderly.dual-write.patience:5s}") Duration timeout,
            MeterRegistry meters) {
        return new DualWrite(producers, timeout, meters);
    }
}
