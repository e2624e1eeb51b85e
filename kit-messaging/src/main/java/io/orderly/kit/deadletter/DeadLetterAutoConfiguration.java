package io.orderly.kit.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Provides a service's dead letters and the operations on them. */
@AutoConfiguration
@Import({DeadLetterController.class, BulkDeadLetterController.class})
public class DeadLetterAutoConfiguration {

    @Bean
    DeadLetters deadLetters(
            JdbcClient jdbc, JsonMapper json, TransactionalOutbox outbox, Clock wallClock, MeterRegistry meters) {
        var letters = new DeadLetters(jdbc, json, outbox, wallClock);
        Gauge.builder("orderly.deadletters", letters, DeadLetters::count)
                .description("dead letters that wait for an operator")
                .register(meters);
        return letters;
    }

    @Bean
    AccessRules accessToDeadLetters() {
        return AccessRules.none()
                .with(Access.OPERATE, HttpMethod.GET, "/dead-letters", "/dead-letters/{id}")
                .with(Access.OPERATE, HttpMethod.POST, "/dead-letters/replay", "/dead-letters/discard")
                .with(Access.OPERATE, HttpMethod.POST, "/dead-letters/{id}/replay", "/dead-letters/{id}/discard");
    }

    @Bean
    DeadLetterOperations deadLetterOperations(
            DeadLetters letters,
            Inbox inbox,
            Redelivery redelivery,
            PlatformTransactionManager transactionManager,
            MeterRegistry meters) {
        return new DeadLetterOperations(
                letters, inbox, redelivery, new TransactionTemplate(transactionManager), meters);
    }

    @Bean
    BulkDeadLetterOperations bulkDeadLetterOperations(DeadLetters letters, DeadLetterOperations operations) {
        return new BulkDeadLetterOperations(letters, operations);
    }
}
