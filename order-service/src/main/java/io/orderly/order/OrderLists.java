package io.orderly.order;

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

/** Reads pages of orders. */
public interface OrderLists extends Repository<Order, UUID>, JpaSpecificationExecutor<Order> {

    /** A page of orders, the newest first. Order ids sort by the time of placing. */
    default Window<Order> newestFirst(OrderFilter filter, int limit) {
        ScrollPosition start = filter.olderThan() == null
                ? ScrollPosition.keyset()
                : ScrollPosition.forward(Map.of("id", filter.olderThan().value()));
        return findBy(
                matching(filter),
                query -> query.sortBy(Sort.by("id").descending()).limit(limit).scroll(start));
    }

    private static Specification<Order> matching(OrderFilter filter) {
        return (order, _, criteria) -> {
            List<Predicate> conditions = new ArrayList<>();
            if (filter.customer() != null) {
                conditions.add(
                        criteria.equal(order.get("customer"), filter.customer().value()));
            }
            if (filter.status() != null) {
                // a literal, because the planner uses the partial index orders_by_status only if it sees the value
                conditions.add(criteria.equal(order.get("status"), criteria.literal(filter.status())));
            }
            return criteria.and(conditions);
        };
    }
}
