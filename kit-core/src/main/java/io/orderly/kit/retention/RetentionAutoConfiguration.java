package io.orderly.kit.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes expired rows from the tables for which there is a {@link Retention}, and counts dead rows; in services with a database. */
@AutoConfiguration
@ConditionalOnClass(JdbcClient.class)
public class RetentionAutoConfiguration {

    /**
     * @param interval the delay between two sweeps; a shorter one keeps tables smaller, and each sweep costs a query per
     *     table
     */
    @Bean
    RetentionSweeper retentionSweeper(
            List<Retention> retentions,
            @Value("${orderly.retention.interval:1m}") Duration interval,
            JdbcClient jdbc,
            MeterRegistry meters) {
        Gauge.builder(
                        "orderly.database.dead-rows",
                        jdbc,
                        each -> each.sql("select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables")
                                .query(Long.class)
                                .single())
                .description(
                        "deleted and replaced rows that were not vacuumed yet, of all tables, as PostgreSQL estimates them")
                .register(meters);
        return new RetentionSweeper(retentions, interval, jdbc, meters);
    }
}
