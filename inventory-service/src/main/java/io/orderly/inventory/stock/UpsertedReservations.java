package io.orderly.inventory.stock;

import io.orderly.kit.antipattern.AntiPattern;
import io.orderly.kit.antipattern.ConditionalOnAntiPattern;
import io.orderly.kit.participant.Forgetful;
import io.orderly.kit.unitofwork.UnitOfWork;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * An anti-pattern: commands are not remembered, and a reservation that is there already is let pass. That looks idempotent, and
 * is, for the row; the units of stock are moved once for each copy of the command.
 */
@Primary
@Repository
@ConditionalOnAntiPattern(AntiPattern.NO_INBOX)
@Import(Forgetful.class)
class UpsertedReservations extends Reservations {

    UpsertedReservations(JdbcClient jdbc, UnitOfWork unitOfWork) {
        super(jdbc, unitOfWork);
    }

    @Override
    String insertion() {
        return INSERT + " on conflict do nothing";
    }
}
