package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.payment.PaymentSettings;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All payments. An open one has a time before which nobody takes it up; whoever does moves that time on, and so claims it.
 */
@Repository
public class Payments {

    private static final String COLUMNS =
            "order_id, state, customer_id, amount, currency, decline_reason, decline_detail, attempts";

    private static final String LOCK =
            "select " + COLUMNS + " from payments where order_id = any(?) order by order_id for update";

    private static final String PROGRESS = "select " + COLUMNS + ", created_at, settled_at from ";

    private static final String FIND = PROGRESS + "payments where order_id = ?";

    /** By the index of what is due, whatever the planner knows: their number depends on the load, not on the table's size. */
    private static final String OPEN =
            "with open as materialized (select * from payments where due_at is not null) " + PROGRESS + "open";

    private static final String ADD = """
            insert into payments (order_id, state, customer_id, amount, currency, decline_reason, decline_detail,
                                  attempts, due_at, settled_at)
            select order_id, state, customer_id, amount, currency, decline_reason, decline_detail,
                   case when open then ? else 0 end,
                   case when open then now() + ? * interval '1 ms' end,
                   case when not open then now() end
              from unnest(?::uuid[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                   as new(order_id, state, customer_id, amount, currency, decline_reason, decline_detail, open)""";

    private static final String REOPEN = """
            update payments as payment
               set state = changed.state, attempts = ?, due_at = now() + ? * interval '1 ms', settled_at = null
              from unnest(?::uuid[], ?::text[]) as changed(order_id, state)
             where payment.order_id = changed.order_id""";

    private static final String SETTLE = """
            update payments as payment
               set state = settled.state, decline_reason = settled.decline_reason,
                   decline_detail = settled.decline_detail, due_at = null, settled_at = now()
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[])
                   as settled(order_id, state, decline_reason, decline_detail)
             where payment.order_id = settled.order_id""";

    private static final String CLAIM = """
            update payments set attempts = attempts + 1, due_at = now() + ? * interval '1 ms'
             where order_id in (select order_id from payments where due_at <= now()
                                 order by due_at limit ? for update skip locked)
            returning\s""" + COLUMNS;

    private static final String POSTPONE = """
            update payments as payment
               set attempts = postponed.attempts, due_at = now() + postponed.delay_millis * interval '1 ms'
              from unnest(?::uuid[], ?::text[], ?::integer[], ?::bigint[])
                   as postponed(order_id, state, attempts, delay_millis)
             where payment.order_id = postponed.order_id and payment.state = postponed.state""";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;
    private final long claimMillis;

    Payments(JdbcClient jdbc, UnitOfWork unitOfWork, PaymentSettings settings) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.claimMillis = settings.claim().toMillis();
    }

    /** Those of these payments that there are, locked until the transaction ends. */
    Map<OrderId, Payment> lock(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(LOCK)
                        .param(orders.stream().map(OrderId::value).toArray(UUID[]::new))
                        .query((row, _) -> read(row))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Payment::orderId, Function.identity()));
    }

    /** @param claimed whether the open ones among them are taken up by the caller, and not by the next who looks */
    void add(List<Payment> payments, boolean claimed) {
        if (payments.isEmpty()) {
            return;
        }
        unitOfWork.write(
                ADD,
                claimed ? 1 : 0,
                claimed ? claimMillis : 0,
                orderIds(payments),
                states(payments),
                texts(
                        payments,
                        each -> each.charge() == null
                                ? null
                                : each.charge().customerId().value()),
                payments.stream()
                        .map(each -> each.charge() == null
                                ? null
                                : each.charge().amount().amount())
                        .toArray(BigDecimal[]::new),
                texts(
                        payments,
                        each -> each.charge() == null
                                ? null
                                : each.charge().amount().currency()),
                texts(
                        payments,
                        each -> each.decline() == null
                                ? null
                                : each.decline().reason().name()),
                texts(
                        payments,
                        each -> each.decline() == null ? null : each.decline().detail()),
                payments.stream().map(each -> each.state().isOpen()).toArray(Boolean[]::new));
    }

    /** Writes payments that are to be undone. */
    void reopen(List<Payment> payments, boolean claimed) {
        if (payments.isEmpty()) {
            return;
        }
        unitOfWork.write(REOPEN, claimed ? 1 : 0, claimed ? claimMillis : 0, orderIds(payments), states(payments));
    }

    /** Writes payments that wait for nothing more. */
    void settle(List<Payment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        unitOfWork.write(
                SETTLE,
                orderIds(payments),
                states(payments),
                texts(
                        payments,
                        each -> each.decline() == null
                                ? null
                                : each.decline().reason().name()),
                texts(
                        payments,
                        each -> each.decline() == null ? null : each.decline().detail()));
    }

    /** Takes up open payments that nobody has, or whose holder has not settled them in time. */
    List<Errand> claim(int limit) {
        return jdbc.sql(CLAIM)
                .param(claimMillis)
                .param(limit)
                .query((row, _) -> new Errand(read(row), row.getInt("attempts"), null))
                .list();
    }

    /** Gives claims back, each to be taken up after a rest; one whose payment has moved on is left as it is. */
    void postpone(List<Postponement> postponements) {
        if (postponements.isEmpty()) {
            return;
        }
        unitOfWork.write(
                POSTPONE,
                postponements.stream().map(each -> each.orderId().value()).toArray(UUID[]::new),
                postponements.stream().map(each -> each.state().name()).toArray(String[]::new),
                postponements.stream().map(Postponement::attempts).toArray(Integer[]::new),
                postponements.stream().map(each -> each.rest().toMillis()).toArray(Long[]::new));
    }

    /** @param attempts as {@link Errand#attempt}, less this one if the provider was certainly not asked */
    record Postponement(OrderId orderId, PaymentState state, int attempts, Duration rest) {}

    /** The order's payment as it is now. */
    public Optional<PaymentProgress> find(OrderId orderId) {
        return jdbc.sql(FIND).param(orderId.value()).query(Payments::progress).optional();
    }

    /** The payments of the newest orders first. */
    public List<PaymentProgress> newestFirst(PaymentFilter filter, int limit) {
        var state = filter.state();
        var openOnly = filter.customer() == null && state != null && state.isOpen();
        var sql = new StringBuilder(openOnly ? OPEN : PROGRESS + "payments").append(" where true");
        if (filter.customer() != null) {
            sql.append(" and customer_id = :customer");
        }
        if (state != null) {
            // a literal, for only then can the planner tell that the index of what was not charged has them
            sql.append(" and state = '").append(state.name()).append("'");
        }
        if (filter.olderThan() != null) {
            sql.append(" and order_id < :olderThan");
        }
        return jdbc.sql(sql.append(" order by order_id desc limit :limit").toString())
                .param(
                        "customer",
                        filter.customer() == null ? null : filter.customer().value())
                .param(
                        "olderThan",
                        filter.olderThan() == null ? null : filter.olderThan().value())
                .param("limit", limit)
                .query(Payments::progress)
                .list();
    }

    private static PaymentProgress progress(ResultSet row, int number) throws SQLException {
        return new PaymentProgress(
                read(row),
                row.getInt("attempts"),
                instant(row, "created_at"),
                row.getObject("settled_at") == null ? null : instant(row, "settled_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    long countOpen() {
        return jdbc.sql("select count(*) from payments where due_at is not null")
                .query(Long.class)
                .single();
    }

    private static UUID[] orderIds(List<Payment> payments) {
        return payments.stream().map(each -> each.orderId().value()).toArray(UUID[]::new);
    }

    private static String[] states(List<Payment> payments) {
        return texts(payments, each -> each.state().name());
    }

    private static @Nullable String[] texts(List<Payment> payments, Function<Payment, @Nullable String> column) {
        return payments.stream().map(column).toArray(String[]::new);
    }

    private static Payment read(ResultSet row) throws SQLException {
        var customer = row.getString("customer_id");
        var reason = row.getString("decline_reason");
        return new Payment(
                new OrderId(row.getObject("order_id", UUID.class)),
                PaymentState.valueOf(row.getString("state")),
                customer == null
                        ? null
                        : new Charge(
                                new CustomerId(customer),
                                new Money(row.getBigDecimal("amount"), row.getString("currency"))),
                reason == null ? null : new Decline(Decline.Reason.valueOf(reason), row.getString("decline_detail")));
    }
}
