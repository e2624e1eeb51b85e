package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Which orders hold which units. */
public interface ReservationLists extends Repository<Reservation, Reservation.Key> {

    /** The reservations of an order, in the order of the SKUs; none if nothing was ever set aside for it. */
    List<Reservation> findByOrderIdOrderBySku(UUID orderId);

    /**
     * The reservations of a product, those of the newest orders first, which is the order of the index {@code reservations_by_sku}.
     *
     * <p>No scroll position: it would compare the whole key, order and SKU, and so read the index from its newest entry on.
     *
     * @param olderThan null to begin with that of the newest order
     */
    default List<Reservation> ofProduct(Sku sku, @Nullable OrderId olderThan, int limit) {
        return olderThan == null
                ? findBySkuOrderByOrderIdDesc(sku.value(), Limit.of(limit))
                : findBySkuAndOrderIdLessThanOrderByOrderIdDesc(sku.value(), olderThan.value(), Limit.of(limit));
    }

    List<Reservation> findBySkuOrderByOrderIdDesc(String sku, Limit limit);

    List<Reservation> findBySkuAndOrderIdLessThanOrderByOrderIdDesc(String sku, UUID olderThan, Limit limit);
}
