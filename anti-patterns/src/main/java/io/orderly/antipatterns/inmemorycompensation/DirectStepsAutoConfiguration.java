package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.Command;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.participant.CommandHandler;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.payment.PaymentServiceApplication;
import io.orderly.payment.charging.PaymentLists;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds the direct steps to the participants of the saga. */
@AutoConfiguration
@ConditionalOnBean(CommandHandler.class)
@Import(DirectStepController.class)
class DirectStepsAutoConfiguration {

    @Bean
    <C extends Command> DirectSteps<C> directSteps(
            CommandHandler<C> handler,
            JdbcClient jdbc,
            UnitOfWork unitOfWork,
            ObjectProvider<StepReplyLookup> deferredReplies,
            PlatformTransactionManager transactions,
            MessageTraces traces,
            @Value("${orderly.direct-steps.patience:5s}") Duration timeout) {
        return new DirectSteps<>(
                handler,
                new DirectStepRecords(jdbc, unitOfWork),
                deferredReplies.getIfAvailable(),
                new TransactionTemplate(transactions),
                traces,
                timeout);
    }

    /** The payment-service answers a charge only after the payment provider has answered. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PaymentServiceApplication.class)
    @ConditionalOnBean(PaymentServiceApplication.class)
    static class PaymentConfiguration {

        @Bean
        StepReplyLookup paymentReplies(PaymentLists payments) {
            return new PaymentReplies(payments);
        }
    }
}
