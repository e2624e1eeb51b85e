package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.partitions.PartitionId;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

/** Stores and locks sagas. */
public interface Sagas extends Repository<SagaInstance, UUID>, SagaWriter {

    /** Adds a new saga. */
    SagaInstance save(SagaInstance saga);

    /** Reads a saga and its order without locking them. */
    default Optional<SagaInstance> find(OrderId order) {
        return find(order.value());
    }

    @Query("select s from SagaInstance s join fetch s.order where s.orderId = :order")
    Optional<SagaInstance> find(UUID order);

    /**
     * The sagas of the given orders, locked until the end of the transaction; unknown orders are left out. Rows are locked in the
     * order of the ids, so that two batches with the same sagas do not deadlock. The rows of the orders are not locked.
     */
    default List<SagaInstance> lock(Collection<OrderId> orders) {
        return lock(orders.stream().map(OrderId::value).distinct().toArray(UUID[]::new));
    }

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from SagaInstance s join fetch s.order where any_of(:orders, s.orderId) order by s.orderId")
    List<SagaInstance> lock(UUID[] orders);

    /**
     * Locks sagas of some partitions whose deadline has passed, the longest overdue first; rows that another transaction has locked are
     * skipped.
     */
    default List<SagaInstance> lockOverdue(Instant now, Set<PartitionId> partitions, Limit limit) {
        return lockOverdue(now, PartitionTokens.numbers(partitions), limit);
    }

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
    @Query("""
            select s from SagaInstance s join fetch s.order where s.state.deadlineAt <= :now and s.state.parkedReason is null
               and any_of(:partitions, s.partitionId)
             order by s.state.deadlineAt""")
    List<SagaInstance> lockOverdue(Instant now, Short[] partitions, Limit limit);

    /** When the oldest order was placed whose saga is neither ended nor parked; empty if there is none. */
    @Query("""
            select min(s.order.placedAt) from SagaInstance s
             where s.state.deadlineAt is not null and s.state.parkedReason is null""")
    Optional<Instant> oldestUnfinished();

    /** The number of parked sagas. */
    @Query("select count(*) from SagaInstance s where s.state.parkedReason is not null")
    long countParked();
}
