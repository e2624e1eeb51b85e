package io.orderly.kit.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sweeps the tables for which there is a {@link Retention}. */
@AutoConfiguration
public class RetentionAutoConfiguration {

    /** @param interval the rest between two sweeps; shorter keeps tables smaller and costs a query per table each time */
    @Bean
    RetentionSweeper retentionSweeper(
            List<Retention> retentions,
            @Value("${orderly.retention.interval:1m}") Duration interval,
            JdbcClient jdbc,
            MeterRegistry meters) {
        return new RetentionSweeper(retentions, interval, jdbc, meters);
    }
}
