package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The reservations of all orders. */
public interface Reservations extends Repository<Reservation, Reservation.Key> {

    /** Locks the reservations of these orders until the transaction ends. */
    default List<Reservation> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? List.of()
                : lockByOrderIds(orders.stream().map(OrderId::value).toArray(UUID[]::new));
    }

    /**
     * As {@link #lock}. All transactions lock in the order of the key, so that they do not deadlock. ADR 54 says why this is SQL.
     *
     * @param orderIds at least one
     */
    @Query(nativeQuery = true, value = """
                    select * from reservations where order_id = any(:orderIds)
                    order by order_id, sku for no key update""")
    List<Reservation> lockByOrderIds(UUID[] orderIds);

    /** The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order has one already. */
    <S extends Reservation> List<S> saveAll(Iterable<S> newReservations);
}
