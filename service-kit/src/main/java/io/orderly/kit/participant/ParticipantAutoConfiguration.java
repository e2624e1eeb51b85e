package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a service with a {@link CommandHandler} a participant of the saga. */
@AutoConfiguration
@ConditionalOnBean(CommandHandler.class)
@Import(DirectStepController.class)
public class ParticipantAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StepRecords stepRecords(JdbcClient jdbc, UnitOfWork unitOfWork, TransactionalOutbox outbox) {
        return new StepRecords(jdbc, unitOfWork, outbox);
    }

    @Bean
    <C extends Command> MessageHandler commandMessageHandler(
            CommandHandler<C> handler, StepRecords records, TransactionalOutbox outbox) {
        return new CommandMessageHandler<>(handler, records, outbox);
    }

    @Bean
    <C extends Command> DirectSteps<C> directSteps(
            CommandHandler<C> handler,
            StepRecords records,
            ObjectProvider<LateReplies> lateReplies,
            PlatformTransactionManager transactions,
            @Value("${orderly.direct-steps.patience:5s}") Duration patience) {
        return new DirectSteps<>(
                handler, records, lateReplies.getIfAvailable(), new TransactionTemplate(transactions), patience);
    }
}
