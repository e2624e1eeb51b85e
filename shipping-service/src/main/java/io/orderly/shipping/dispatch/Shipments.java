package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The shipments of all orders. */
public interface Shipments extends Repository<Shipment, UUID> {

    /** @return empty if no shipment was booked for the order */
    Optional<Shipment> findById(UUID orderId);

    /** Locks the existing shipments of these orders until the transaction ends. */
    default List<Shipment> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? List.of()
                : lockByIds(orders.stream().map(OrderId::value).toArray(UUID[]::new));
    }

    /**
     * Like {@link #lock}. All transactions lock in the order of order ids, so that they do not deadlock.
     *
     * @param orderIds at least one
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select shipment from Shipment shipment where any_of(:orderIds, shipment.orderId) order by shipment.orderId")
    List<Shipment> lockByIds(UUID[] orderIds);

    /**
     * Inserts shipments. The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order
     * already has a shipment.
     */
    <S extends Shipment> List<S> saveAll(Iterable<S> newShipments);
}
