package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The shipments of all orders. */
public interface Shipments extends Repository<Shipment, UUID> {

    /** @return empty if nothing was ever booked for the order */
    Optional<Shipment> findById(UUID orderId);

    /** Locks the shipments of those of the orders that have one, until the transaction ends. */
    default List<Shipment> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? List.of()
                : lockByIds(orders.stream().map(OrderId::value).toArray(UUID[]::new));
    }

    /**
     * As {@link #lock}. All transactions lock in the order of the order ids, so that they do not deadlock. ADR 54 says why this is
     * SQL.
     *
     * @param orderIds at least one
     */
    @Query(nativeQuery = true, value = """
                    select * from shipments where order_id = any(:orderIds)
                    order by order_id for no key update""")
    List<Shipment> lockByIds(UUID[] orderIds);

    /** The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order has a shipment already. */
    <S extends Shipment> List<S> saveAll(Iterable<S> newShipments);
}
