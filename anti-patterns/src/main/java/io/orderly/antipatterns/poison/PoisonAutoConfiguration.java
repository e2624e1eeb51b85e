package io.orderly.antipatterns.poison;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.kit.consuming.ConsumingAutoConfiguration;
import io.orderly.kit.consuming.FailedMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A service with both anti-patterns does not start: it would have two rules for the same message. */
@AutoConfiguration(before = ConsumingAutoConfiguration.class)
class PoisonAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PoisonAutoConfiguration.class);

    /** The batch is delivered again, with growing pauses and without end; all partitions of the consumer wait meanwhile. */
    @Bean
    @ConditionalOnAntiPattern(AntiPattern.RETRY_IN_PLACE)
    FailedMessages retryInPlace() {
        return (_, cause, _) -> {
            throw cause;
        };
    }

    /** The message is acknowledged without any effect. */
    @Bean
    @ConditionalOnAntiPattern(AntiPattern.SKIP_FAILED)
    FailedMessages skipFailed(MeterRegistry meters) {
        Counter skipped = Counter.builder("orderly.skip-failed.skipped")
                .description("Messages that failed and were skipped")
                .register(meters);
        return (message, cause, _) -> {
            skipped.increment();
            log.error("Message at {}-{}@{} is skipped", message.topic(), message.partition(), message.offset(), cause);
        };
    }
}
