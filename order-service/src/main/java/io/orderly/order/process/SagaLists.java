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

/** Lists of sagas, page by page. */
public interface SagaLists extends Repository<SagaInstance, UUID>, JpaSpecificationExecutor<SagaInstance> {

    /**
     * The sagas of the newest orders first, each with its order.
     *
     * <p>The status of an order, which changes with its saga in one transaction, has an index, and no update of a saga pays for
     * another one. It cannot tell forward from compensating sagas, but those of both phases are under way: their number depends
     * on the load, not on how many orders there ever were.
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
                // a literal, for only then can the planner tell that the index of unusual orders has them
                conditions.add(criteria.equal(order.get("status"), criteria.literal(statusIn(phase))));
            }
            if (phase == SagaPhase.FORWARD || phase == SagaPhase.COMPENSATING) {
                conditions.add(criteria.equal(saga.get("state").get("phase"), Phase.valueOf(phase.name())));
            }
            if (filter.olderThan() != null) {
                // the page's position is about the saga, and the planner does not infer that it holds for the order too
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
