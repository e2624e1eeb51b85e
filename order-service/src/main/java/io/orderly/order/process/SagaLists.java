package io.orderly.order.process;

import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.process.StateColumns.Phase;
import io.orderly.order.saga.SagaPhase;
import jakarta.persistence.criteria.Join;
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

/** Reads pages of sagas. */
public interface SagaLists extends Repository<SagaInstance, UUID>, JpaSpecificationExecutor<SagaInstance> {

    /**
     * A page of sagas with their orders, those of the newest orders first.
     *
     * <p>The phase is filtered by the status of the order, which changes in the same transaction and has an index; an index on the
     * sagas would make each of their updates more expensive. The status does not distinguish forward from compensating sagas, but
     * both are running: their number depends on the load, not on the total number of orders.
     */
    default Window<SagaInstance> newestFirst(SagaFilter filter, int limit) {
        ScrollPosition start = filter.olderThan() == null
                ? ScrollPosition.keyset()
                : ScrollPosition.forward(Map.of("orderId", filter.olderThan().value()));
        return findBy(
                matching(filter),
                query -> query.sortBy(Sort.by("orderId").descending())
                        .limit(limit)
                        .scroll(start));
    }

    private static Specification<SagaInstance> matching(SagaFilter filter) {
        return (saga, _, criteria) -> {
            var order = (Join<SagaInstance, Order>) saga.<SagaInstance, Order>fetch("order");
            List<Predicate> conditions = new ArrayList<>();
            SagaPhase phase = filter.phase();
            if (phase != null) {
                // a literal, because the planner uses the partial index orders_by_status only if it sees the value
                conditions.add(criteria.equal(order.get("status"), criteria.literal(statusIn(phase))));
            }
            if (phase == SagaPhase.FORWARD || phase == SagaPhase.COMPENSATING) {
                conditions.add(criteria.equal(saga.get("state").get("phase"), Phase.valueOf(phase.name())));
            }
            if (filter.olderThan() != null) {
                // the scroll position restricts the saga's id; the planner does not infer the same for the order's id
                conditions.add(criteria.lessThan(
                        order.<UUID>get("id"), filter.olderThan().value()));
            }
            return criteria.and(conditions);
        };
    }

    private static OrderStatus statusIn(SagaPhase phase) {
        return switch (phase) {
            case FORWARD, COMPENSATING -> OrderStatus.PENDING;
            case PARKED -> OrderStatus.PARKED;
            case CONFIRMED -> OrderStatus.CONFIRMED;
            case REJECTED -> OrderStatus.REJECTED;
            case CANCELLED -> OrderStatus.CANCELLED;
        };
    }
}
