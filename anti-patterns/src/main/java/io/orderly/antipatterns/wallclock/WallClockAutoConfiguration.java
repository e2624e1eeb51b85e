package io.orderly.antipatterns.wallclock;

import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.outbox.OutboxAutoConfiguration;
import io.orderly.kit.outbox.OutboxProperties;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration(before = OutboxAutoConfiguration.class)
class WallClockAutoConfiguration {

    private static final String HIGHEST_LAMPORT_TIME =
            "select greatest(max(lamport_time), (select max(lamport_time) from outbox)) from message_clock";

    @Bean
    @DependsOnDatabaseInitialization
    @ConditionalOnAntiPattern(AntiPattern.WALL_CLOCK)
    MessageClock wallClockStamps(JdbcClient jdbc, Clock wallClock, OutboxProperties properties) {
        long highest = jdbc.sql(HIGHEST_LAMPORT_TIME).query(Long.class).single();
        return new WallClockMessageClock(
                wallClock, properties.maxClockDrift(), new LogicalTimestamp(highest, HybridTimestamp.MIN));
    }
}
