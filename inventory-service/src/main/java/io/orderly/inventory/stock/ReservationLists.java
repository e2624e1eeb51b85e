package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Reads reservations by order and by product. */
public interface ReservationLists extends Repository<Reservation, Reservation.Key> {

    /** The reservations of an order, in the order of the SKUs; empty if nothing was ever reserved for the order. */
    List<Reservation> findByOrderIdOrderBySku(UUID orderId);

    /**
     * The reservations of a product, those of the newest orders first, which is the order of the index {@code reservations_by_sku}.
     *
     * <p>Does not use a scroll position: that would compare the whole key of order and SKU, and so scan the index from its newest
     * entry.
     *
     * @param olderThan null to begin with the newest order
     */
    default List<Reservation> ofProduct(Sku sku, @Nullable OrderId olderThan, int limit) {
        return olderThan == null
                ? findBySkuOrderByOrderIdDesc(sku.value(), Limit.of(limit))
                : findBySkuAndOrderIdLessThanOrderByOrderIdDesc(sku.value(), olderThan.value(), Limit.of(limit));
    }

    List<Reservation> findBySkuOrderByOrderIdDesc(String sku, Limit limit);

    List<Reservation> findBySkuAndOrderIdLessThanOrderByOrderIdDesc(String sku, UUID olderThan, Limit limit);
}
