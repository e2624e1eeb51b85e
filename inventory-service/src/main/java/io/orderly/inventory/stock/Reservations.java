package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Locks and stores reservations. */
public interface Reservations extends Repository<Reservation, Reservation.Key> {

    /** Reads the reservations of the orders and locks them until the end of the transaction. */
    default List<Reservation> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? List.of()
                : lockByOrderIds(orders.stream().map(OrderId::value).toArray(UUID[]::new));
    }

    /**
     * As {@link #lock}. All transactions lock rows in the order of the primary key, so that they do not deadlock.
     *
     * @param orderIds at least one
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select reservation from Reservation reservation where any_of(:orderIds, reservation.orderId)
             order by reservation.orderId, reservation.sku""")
    List<Reservation> lockByOrderIds(UUID[] orderIds);

    /**
     * The transaction fails with a {@link org.springframework.dao.DuplicateKeyException} if a reservation with the same key
     * exists.
     */
    <S extends Reservation> List<S> saveAll(Iterable<S> newReservations);
}
