package io.orderly.order;

import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** All orders ever accepted, for reading; {@link io.orderly.order.process.SagaProcess} adds new ones. */
public interface Orders extends Repository<Order, UUID>, JpaSpecificationExecutor<Order> {

    Optional<Order> findById(UUID id);

    /** The newest orders first. */
    default List<Order> newestFirst(OrderFilter filter, int limit) {
        return findBy(
                matching(filter),
                orders -> orders.sortBy(Sort.by(Sort.Direction.DESC, "id"))
                        .limit(limit)
                        .all());
    }

    private static Specification<Order> matching(OrderFilter filter) {
        return (order, query, criteria) -> {
            List<Predicate> all = new ArrayList<>();
            if (filter.customer() != null) {
                all.add(criteria.equal(order.get("customer"), filter.customer().value()));
            }
            if (filter.status() != null) {
                all.add(criteria.equal(order.get("status"), filter.status()));
            }
            if (filter.olderThan() != null) {
                all.add(criteria.lessThan(order.get("id"), filter.olderThan().value()));
            }
            return criteria.and(all);
        };
    }
}
