package io.orderly.kit.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.fencing.FencedPartitions;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.MessageTracesAutoConfiguration;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.partitions.OwnedPartitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Provides the outbox, the relay that publishes its messages, and the clocks for their timestamps. */
@AutoConfiguration(afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@EnableConfigurationProperties(OutboxProperties.class)
public class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock wallClock() {
        return Clock.systemUTC();
    }

    @Bean
    OutboxTable outboxTable(JsonMapper json, PartitionTokens tokens) {
        return new OutboxTable(json, tokens);
    }

    @Bean
    @DependsOnDatabaseInitialization
    @ConditionalOnMissingBean
    MessageClock messageClock(DataSource dataSource, Clock wallClock, OutboxProperties properties, MeterRegistry meters)
            throws SQLException {
        LogicalTimestamp highestPublished;
        try (Connection connection = dataSource.getConnection()) {
            highestPublished = OutboxTable.highestTimestamps(connection);
        }
        var clock = new MessageClock(wallClock, properties.maxClockDrift(), highestPublished);
        Gauge.builder("orderly.clock.refusals", clock, MessageClock::refusals)
                .description("timestamps of received messages that were too far ahead and were ignored")
                .register(meters);
        return clock;
    }

    @Bean
    OutboxRelay outboxRelay(
            DataSource dataSource,
            ObjectProvider<OwnedPartitions> ownedPartitions,
            PartitionTokens tokens,
            OutboxTable table,
            ProducerFactory<String, byte[]> producers,
            OutboxProperties properties,
            JdbcClient jdbc,
            Clock wallClock,
            ObjectProvider<PublicationListener> listeners,
            MeterRegistry meters) {
        new OutboxGauges(jdbc, wallClock).register(meters);
        OwnedPartitions owned = ownedPartitions.getIfAvailable();
        return new OutboxRelay(
                dataSource,
                owned == null ? new AllPartitions(tokens) : new LeasedPartitions(new FencedPartitions(owned, tokens)),
                table,
                producers,
                properties,
                listeners.orderedStream().toList(),
                meters);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageDispatcher dispatch(OutboxTable table, OutboxRelay relay, RelaySignals signals) {
        return new OutboxTableDispatcher(table, relay, signals);
    }

    @Bean
    @ConditionalOnProperty(MessageTracesAutoConfiguration.ENDPOINT)
    PublicationListener publicationTraces(MessageTraces traces) {
        return new PublicationTraces(traces);
    }

    @Bean
    RelaySignals relaySignals(
            DataSource dataSource,
            OutboxRelay relay,
            OutboxProperties properties,
            ObjectProvider<OwnedPartitions> ownedPartitions) {
        boolean hasOthers = ownedPartitions.getIfAvailable() != null;
        return new RelaySignals(dataSource, relay::wake, properties.retryDelay(), hasOthers);
    }

    @Bean
    TransactionalOutbox outbox(
            UnitOfWork unitOfWork,
            MessageDispatcher dispatch,
            MessageClock clock,
            MessageTraces traces,
            Clock wallClock,
            OutboxProperties properties,
            ObjectProvider<PublicationListener> listeners,
            @Value("${spring.application.name}") String serviceName) {
        return new TransactionalOutbox(
                unitOfWork,
                dispatch,
                clock,
                traces,
                wallClock,
                serviceName,
                properties.maxMessageBytes(),
                listeners.orderedStream().toList());
    }
}
