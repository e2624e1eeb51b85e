package io.orderly.antipatterns.noinbox;

import io.orderly.inventory.stock.Reservation;
import io.orderly.inventory.stock.Reservations;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;
import java.util.UUID;

/**
 * Inserts reservations and ignores those that already exist. This looks idempotent, and is for the row of the
 * reservation; but the stock is changed once per copy of the command.
 */
final class InsertIfAbsentReservations implements Reservations {

    private static final String INSERT = """
            insert into reservations (order_id, sku, quantity, state) values (?, ?, ?, ?) on conflict do nothing""";

    private final Reservations reservations;
    private final UnitOfWork unitOfWork;

    InsertIfAbsentReservations(Reservations reservations, UnitOfWork unitOfWork) {
        this.reservations = reservations;
        this.unitOfWork = unitOfWork;
    }

    @Override
    public List<Reservation> lockByOrderIds(UUID[] orderIds) {
        return reservations.lockByOrderIds(orderIds);
    }

    /** Inserts at the commit. */
    @Override
    public <S extends Reservation> List<S> saveAll(Iterable<S> newReservations) {
        for (Reservation reservation : newReservations) {
            unitOfWork.write(
                    INSERT,
                    reservation.orderId().value(),
                    reservation.sku().value(),
                    reservation.quantity(),
                    reservation.state().name());
        }
        return List.of();
    }
}
