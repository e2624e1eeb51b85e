package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Read access to payments, single and in pages. */
public interface PaymentLists extends Repository<Payment, UUID>, JpaSpecificationExecutor<Payment> {

    /** An id that is greater than that of every order. */
    OrderId NEWEST = new OrderId(new UUID(-1, -1));

    Optional<Payment> findById(UUID orderId);

    /** The current payment of the order. */
    default Optional<PaymentDetails> find(OrderId orderId) {
        return findById(orderId.value()).map(PaymentDetails::of);
    }

    /** Payments by order id, newest order first. */
    default Window<PaymentDetails> newestFirst(PaymentFilter filter, int limit) {
        OrderId olderThan = filter.olderThan() == null ? NEWEST : filter.olderThan();
        PaymentState state = filter.state();
        if (filter.customer() == null && state != null && state.isOpen()) {
            var found = open(state, olderThan.value(), Limit.of(limit + 1));
            return Window.from(
                    found.subList(0, Math.min(limit, found.size())),
                    index -> from(found.get(index).orderId()),
                    found.size() > limit);
        }
        return this.<Payment, Window<Payment>>findBy(
                        matching(filter),
                        query -> query.sortBy(Sort.by("orderId").descending())
                                .limit(limit)
                                .scroll(from(olderThan)))
                .map(PaymentDetails::of);
    }

    private static ScrollPosition from(OrderId order) {
        return ScrollPosition.forward(Map.of("orderId", order.value()));
    }

    private static Specification<Payment> matching(PaymentFilter filter) {
        return (payment, _, criteria) -> {
            var conditions = new ArrayList<Predicate>();
            if (filter.customer() != null) {
                conditions.add(criteria.equal(
                        payment.get("customerId"), filter.customer().value()));
            }
            if (filter.state() != null) {
                // a literal, because the planner matches the partial index payments_not_charged only with a constant
                conditions.add(criteria.equal(payment.get("state"), criteria.literal(filter.state())));
            }
            return criteria.and(conditions);
        };
    }

    /**
     * Payments in an open state. The materialized part forces the use of the partial index on {@code due_at},
     * independent of the planner's statistics: the number of open payments depends on the load, not on the size of the
     * table.
     */
    @Query("""
            with due as materialized (
                select payment.orderId as orderId, payment.state as state, payment.customerId as customerId,
                       payment.amount as amount, payment.currency as currency, payment.attempts as attempts,
                       payment.createdAt as createdAt
                  from Payment payment where payment.dueAt is not null)
            select new io.orderly.payment.charging.PaymentDetails(
                       due.orderId, due.state, due.customerId, due.amount, due.currency, due.attempts, due.createdAt)
              from due due where due.state = :state and due.orderId < :olderThan order by due.orderId desc""")
    List<PaymentDetails> open(PaymentState state, UUID olderThan, Limit limit);
}
