package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

/** The sagas of all orders. */
public interface Sagas extends Repository<SagaInstance, UUID>, SagaWriter {

    /** Adds a new saga. */
    SagaInstance save(SagaInstance saga);

    /** With its order, as they stand, without a lock. */
    default Optional<SagaInstance> find(OrderId order) {
        return find(order.value());
    }

    @Query("select s from SagaInstance s join fetch s.order where s.orderId = :order")
    Optional<SagaInstance> find(UUID order);

    /**
     * Those of the sagas that exist, locked until the end of the transaction. Locks are taken in the order of the ids, so that
     * two batches that share sagas do not wait for each other.
     */
    default List<SagaInstance> lock(Collection<OrderId> orders) {
        return lock(orders.stream().map(OrderId::value).distinct().toArray(UUID[]::new));
    }

    // JPQL has no array, and a list of another length is another statement, translated and planned anew each time
    @NativeQuery("select * from sagas where order_id = any(:orders) order by order_id for no key update")
    List<SagaInstance> lock(UUID[] orders);

    /** Sagas whose deadline has come, the longest overdue first, locked; those that another transaction holds are left out. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
    @Query("""
            select s from SagaInstance s where s.state.deadlineAt <= :now and s.state.parkedReason is null
             order by s.state.deadlineAt""")
    List<SagaInstance> lockOverdue(Instant now, Limit limit);

    /** How many are parked. */
    @Query("select count(*) from SagaInstance s where s.state.parkedReason is not null")
    long countParked();
}
