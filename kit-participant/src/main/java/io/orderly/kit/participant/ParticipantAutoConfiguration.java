package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a service with a {@link CommandHandler} a participant of the saga. */
@AutoConfiguration
@ConditionalOnBean(CommandHandler.class)
public class ParticipantAutoConfiguration {

    @Bean
    StepRecordTable stepRecords(JdbcClient jdbc, UnitOfWork unitOfWork, TransactionalOutbox outbox) {
        return new StepRecordTable(jdbc, unitOfWork, outbox);
    }

    /** A service can replace it with a bean of the same name. */
    @Bean
    @ConditionalOnMissingBean(name = "commandMessageHandler")
    <C extends Command> MessageHandler commandMessageHandler(
            CommandHandler<C> handler, StepRecordTable records, TransactionalOutbox outbox) {
        return new CommandMessageHandler<>(handler, records, outbox);
    }
}
