package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

/** The payments. */
interface Payments extends Repository<Payment, UUID> {

    /** The existing payments of these orders, locked until the transaction ends. */
    default Map<OrderId, Payment> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? Map.of()
                : lockByIds(orders.stream().map(OrderId::value).toArray(UUID[]::new)).stream()
                        .collect(Collectors.toMap(Payment::orderId, Function.identity()));
    }

    /** @param orderIds at least one */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select payment from Payment payment where any_of(:orderIds, payment.orderId) order by payment.orderId")
    List<Payment> lockByIds(UUID[] orderIds);

    /**
     * Locks open payments that are due until the transaction ends, the earliest due time first. Rows that another
     * transaction has locked are skipped.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
    @Query("select payment from Payment payment where payment.dueAt <= instant order by payment.dueAt")
    List<Payment> lockDue(Limit limit);

    @Query("select count(payment) from Payment payment where payment.dueAt is not null")
    long countOpen();

    /**
     * Inserts payments. The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order
     * already has a payment.
     */
    <S extends Payment> List<S> saveAll(Iterable<S> newPayments);
}
