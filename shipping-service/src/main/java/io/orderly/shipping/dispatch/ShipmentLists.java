package io.orderly.shipping.dispatch;

import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** Pages of shipments. */
public interface ShipmentLists extends Repository<Shipment, UUID>, JpaSpecificationExecutor<Shipment> {

    /**
     * Shipments by order id, newest order first. Day, region and cancelled shipments have one index each; with several
     * conditions the rows of one index are filtered, and a day has at most as many shipments as its regions have slots.
     */
    default Window<Shipment> newestFirst(ShipmentFilter filter, int limit) {
        ScrollPosition start = filter.olderThan() == null
                ? ScrollPosition.keyset()
                : ScrollPosition.forward(Map.of("orderId", filter.olderThan().value()));
        return findBy(
                matching(filter),
                query -> query.sortBy(Sort.by("orderId").descending())
                        .limit(limit)
                        .scroll(start));
    }

    private static Specification<Shipment> matching(ShipmentFilter filter) {
        return (shipment, _, criteria) -> {
            List<Predicate> conditions = new ArrayList<>();
            if (filter.state() != null) {
                // a literal, because the planner matches the partial index shipments_cancelled only with a constant
                conditions.add(criteria.equal(shipment.get("state"), criteria.literal(filter.state())));
            }
            if (filter.day() != null) {
                conditions.add(criteria.equal(shipment.get("shipsOn"), filter.day()));
            }
            if (filter.region() != null) {
                conditions.add(criteria.equal(shipment.get("address").get("country"), filter.region()));
            }
            return criteria.and(conditions);
        };
    }
}
