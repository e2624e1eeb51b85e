package io.orderly.payment.reconciliation;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Payment;
import io.orderly.payment.charging.PaymentState;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The ledger's side of a reconciliation. */
interface ReconciliationQueries extends Repository<Payment, UUID> {

    /**
     * @param open whether the payment waits for the provider, so that the two sides may differ
     * @param taken the amount captured and not refunded; null if none
     */
    record Entry(OrderId orderId, boolean open, @Nullable Money taken) {}

    /** The entries of the existing payments of these orders. */
    default Map<OrderId, Entry> entries(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? Map.of()
                : cleared(orders.stream().map(OrderId::value).toList()).stream()
                        .map(ClearedAmount::entry)
                        .collect(Collectors.toMap(Entry::orderId, Function.identity()));
    }

    default Optional<Entry> entry(OrderId order) {
        return Optional.ofNullable(entries(List.of(order)).get(order));
    }

    /** A single statement, so that each payment and its transfers come from one snapshot. */
    @Query("""
            select new io.orderly.payment.reconciliation.ReconciliationQueries$ClearedAmount(
                       payment.orderId, payment.state, payment.currency,
                       (select sum(case when transfer.kind = CAPTURE then transfer.amount else -transfer.amount end)
                          from Transfer transfer
                         where transfer.reference = payment.orderId and transfer.kind in (CAPTURE, REFUND)))
              from Payment payment where payment.orderId in :orders""")
    List<ClearedAmount> cleared(Collection<UUID> orders);

    /**
     * @param currency null if the refund arrived before its charge
     * @param amount null if nothing was captured
     */
    record ClearedAmount(
            UUID orderId,
            PaymentState state,
            @Nullable String currency,
            @Nullable BigDecimal amount) {

        Entry entry() {
            return new Entry(
                    new OrderId(orderId),
                    state.isOpen(),
                    currency == null || amount == null || amount.signum() == 0 ? null : new Money(amount, currency));
        }
    }

    /** @param after null for the first page */
    default List<OrderId> charged(@Nullable OrderId after, int limit) {
        return charged(after == null ? new UUID(0, 0) : after.value(), Limit.of(limit)).stream()
                .map(OrderId::new)
                .toList();
    }

    @Query("""
            select payment.orderId from Payment payment
             where payment.state = CHARGED and payment.orderId > :after order by payment.orderId""")
    List<UUID> charged(UUID after, Limit limit);

    default List<ReconciliationReport.Imbalance> imbalances(int limit) {
        return unbalanced(Limit.of(limit)).stream()
                .map(UnbalancedAccount::imbalance)
                .toList();
    }

    @Query("""
            select new io.orderly.payment.reconciliation.ReconciliationQueries$UnbalancedAccount(
                       account.customerId, account.currency, account.balance, coalesce(sum(entry.amount), 0))
              from Account account
              left join LedgerEntry entry on entry.account = concat('customer:', account.customerId)
             group by account.customerId, account.currency, account.balance
            having account.balance <> coalesce(sum(entry.amount), 0)
             order by account.customerId""")
    List<UnbalancedAccount> unbalanced(Limit limit);

    record UnbalancedAccount(String customerId, String currency, BigDecimal balance, BigDecimal entries) {

        ReconciliationReport.Imbalance imbalance() {
            return new ReconciliationReport.Imbalance(
                    new CustomerId(customerId), new Money(balance, currency), new Money(entries, currency));
        }
    }
}
