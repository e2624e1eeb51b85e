package io.orderly.antipatterns.noinbox;

import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.inventory.stock.Reservations;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.consuming.ConsumingAutoConfiguration;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.participant.ParticipantAutoConfiguration;
import io.orderly.kit.unitofwork.UnitOfWork;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration(before = {ParticipantAutoConfiguration.class, ConsumingAutoConfiguration.class})
@ConditionalOnClass(InventoryServiceApplication.class)
@ConditionalOnBean(InventoryServiceApplication.class)
class NoInboxAutoConfiguration {

    @Bean
    @ConditionalOnAntiPattern(AntiPattern.NO_INBOX)
    Inbox noDeduplicationInbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        return new NoDeduplicationInbox(jdbc, unitOfWork);
    }

    /** Replaces the kit's handler. */
    @Bean
    @ConditionalOnAntiPattern(AntiPattern.NO_STEP_RECORDS)
    MessageHandler commandMessageHandler(
            StockItems stock, Reservations reservations, UnitOfWork unitOfWork, Outbox outbox) {
        return new NoDeduplicationCommandHandler(
                new ReservationHandler(stock, new InsertIfAbsentReservations(reservations, unitOfWork)), outbox);
    }
}
