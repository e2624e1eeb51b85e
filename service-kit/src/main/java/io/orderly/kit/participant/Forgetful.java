package io.orderly.kit.participant;

import io.orderly.contracts.OrderId;
import io.orderly.kit.antipattern.AntiPattern;
import io.orderly.kit.antipattern.ConditionalOnAntiPattern;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.outbox.TransactionalOutbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An anti-pattern, for a participant to import whose answers are never late: neither messages that were handled nor steps that
 * were taken are remembered. Each copy of a command takes effect, and a command that comes after its compensation does too.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnAntiPattern(AntiPattern.NO_INBOX)
public class Forgetful {

    @Bean
    Inbox forgetfulInbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        return new Inbox(jdbc, unitOfWork) {
            @Override
            public Set<UUID> admit(Collection<UUID> messageIds) {
                return new HashSet<>(messageIds);
            }

            @Override
            public Set<UUID> admitAsNew(Collection<UUID> messageIds) {
                return admit(messageIds);
            }
        };
    }

    @Bean
    StepRecords forgetfulStepRecords(JdbcClient jdbc, UnitOfWork unitOfWork, TransactionalOutbox outbox) {
        return new StepRecords(jdbc, unitOfWork, outbox) {
            @Override
            List<StepRecord> ofOrders(Collection<OrderId> orders) {
                return List.of();
            }

            @Override
            void insert(List<StepRecord> records) {}
        };
    }
}
