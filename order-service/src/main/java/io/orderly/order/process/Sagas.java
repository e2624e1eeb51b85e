package io.orderly.order.process;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.process.StateColumns.Phase;
import io.orderly.order.rows.JsonRows;
import io.orderly.order.rows.StoredAddress;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.saga.SagaState.Undone;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The sagas of all orders. Each method is one statement, whatever the number of sagas; those that write do so at the commit. */
@Repository
public class Sagas {

    private static final String SELECT = """
            select s.*, o.customer, o.lines, o.address, o.total, o.currency, o.placed_at
              from sagas s join orders o on o.id = s.order_id
            """;
    // locks are taken in the order of the ids, so that two batches that share sagas do not wait for each other
    private static final String LOCK = SELECT + "where s.order_id = any(?::uuid[]) order by s.order_id for update of s";
    private static final String LOCK_OVERDUE = SELECT + """
             where s.deadline_at <= ? and s.parked_reason is null
             order by s.deadline_at limit ? for update of s skip locked""";
    private static final String FIND = SELECT + "where s.order_id = ?";
    private static final String INSERT = """
            with new_order as (
                insert into orders select * from json_populate_recordset(null::orders, ?::json)
            )
            insert into sagas select * from json_populate_recordset(null::sagas, ?::json)""";
    private static final String UPDATE = """
            update sagas
               set phase = new.phase, awaiting = new.awaiting, attempt = new.attempt, remaining = new.remaining,
                   outcome = new.outcome, cause_reason = new.cause_reason, cause_detail = new.cause_detail,
                   parked_reason = new.parked_reason, parked_detail = new.parked_detail,
                   deadline_at = new.deadline_at, timeline_size = new.timeline_size
              from json_populate_recordset(null::sagas, ?::json) as new
             where sagas.order_id = new.order_id""";
    private static final String UPDATE_STATUS = """
            update orders
               set status = new.status, cause_reason = new.cause_reason, cause_detail = new.cause_detail
              from json_populate_recordset(null::orders, ?::json) as new
             where orders.id = new.id""";
    private static final TypeReference<List<OrderLine>> LINES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;
    private final JsonMapper json = new JsonMapper();

    Sagas(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** As it stands, without a lock. */
    public Optional<Saga> find(OrderId order) {
        return jdbc.sql(FIND).param(order.value()).query(this::read).optional();
    }

    /**
     * The sagas of the newest orders first, without a lock.
     *
     * <p>The status of an order, which changes with its saga in one transaction, has an index, and no update of a saga pays for
     * another one. It cannot tell forward from compensating sagas, but those of both phases are under way: their number depends
     * on the load, not on how many orders there ever were.
     */
    public List<Saga> newestFirst(SagaFilter filter, int limit) {
        var sql = new StringBuilder(SELECT).append("where true");
        if (filter.phase() != null) {
            // literals, for only then can the planner tell that the index of unusual orders has them
            sql.append(
                    switch (filter.phase()) {
                        case FORWARD, COMPENSATING ->
                            " and o.status = 'PENDING' and s.phase = '" + filter.phase() + "'";
                        case PARKED, CONFIRMED, REJECTED, CANCELLED -> " and o.status = '" + filter.phase() + "'";
                    });
        }
        if (filter.olderThan() != null) {
            sql.append(" and o.id < :olderThan");
        }
        return jdbc.sql(sql.append(" order by o.id desc limit :limit").toString())
                .param(
                        "olderThan",
                        filter.olderThan() == null ? null : filter.olderThan().value())
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    /** Those of the sagas that exist, locked until the end of the transaction. */
    List<Saga> lock(Collection<OrderId> orders) {
        String[] ids = orders.stream().distinct().map(OrderId::toString).toArray(String[]::new);
        return jdbc.sql(LOCK).param(ids).query(this::read).list();
    }

    /** Sagas whose deadline has come, the longest overdue first, locked; those that someone else holds are left out. */
    List<Saga> lockOverdue(Instant now, int limit) {
        return jdbc.sql(LOCK_OVERDUE)
                .params(now.atOffset(ZoneOffset.UTC), limit)
                .query(this::read)
                .list();
    }

    /** How many are parked. */
    long countParked() {
        return jdbc.sql("select count(*) from sagas where parked_reason is not null")
                .query(Long.class)
                .single();
    }

    /** Adds a saga and its order. */
    void insert(Saga saga, Order order) {
        unitOfWork.write(INSERT, JsonRows.of(List.of(orderRow(order))), JsonRows.of(List.of(SagaRow.of(saga))));
    }

    void update(Collection<Saga> sagas) {
        if (!sagas.isEmpty()) {
            unitOfWork.write(UPDATE, JsonRows.of(sagas.stream().map(SagaRow::of).toList()));
        }
    }

    /** Writes to the orders of these sagas what has become of them. */
    void updateOrderStatus(Collection<Saga> sagas) {
        if (!sagas.isEmpty()) {
            unitOfWork.write(
                    UPDATE_STATUS, JsonRows.of(sagas.stream().map(StatusRow::of).toList()));
        }
    }

    private Saga read(ResultSet row, int number) throws SQLException {
        var order = new SagaOrder(
                new OrderId(row.getObject("order_id", UUID.class)),
                new CustomerId(row.getString("customer")),
                json.readValue(row.getString("lines"), LINES),
                new Money(row.getBigDecimal("total"), row.getString("currency")),
                StoredAddress.read(row.getString("address")));
        return new Saga(
                order,
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                TraceParent.parse(row.getString("trace_parent")),
                columns(row).toState(),
                row.getInt("timeline_size"));
    }

    private static StateColumns columns(ResultSet row) throws SQLException {
        return new StateColumns(
                Phase.valueOf(row.getString("phase")),
                Optional.ofNullable(row.getString("awaiting"))
                        .map(SagaStep::valueOf)
                        .orElse(null),
                row.getInt("attempt"),
                row.getString("remaining"),
                Optional.ofNullable(row.getString("outcome"))
                        .map(Phase::valueOf)
                        .orElse(null),
                row.getString("cause_reason"),
                row.getString("cause_detail"),
                Optional.ofNullable(row.getString("parked_reason"))
                        .map(ParkReason::valueOf)
                        .orElse(null),
                row.getString("parked_detail"),
                Optional.ofNullable(row.getObject("deadline_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }

    private OrderRow orderRow(Order order) {
        return new OrderRow(
                order.id().value(),
                order.customer().value(),
                json.writeValueAsString(order.lines()),
                json.writeValueAsString(order.address()),
                order.total().amount(),
                order.total().currency(),
                order.status(),
                order.placedAt());
    }

    /** An order as it is when it comes into being. */
    private record OrderRow(
            UUID id,
            String customer,
            @JsonRawValue String lines,
            @JsonRawValue String address,
            BigDecimal total,
            String currency,
            OrderStatus status,
            Instant placedAt) {}

    private record SagaRow(
            UUID orderId,
            @JsonUnwrapped StateColumns state,
            int timelineSize,
            @Nullable String traceParent) {

        static SagaRow of(Saga saga) {
            return new SagaRow(
                    saga.id().value(),
                    StateColumns.of(saga.state()),
                    saga.timelineSize(),
                    TraceParent.toHeader(saga.traceParent()));
        }
    }

    private record StatusRow(
            UUID id,
            OrderStatus status,
            @Nullable String causeReason,
            @Nullable String causeDetail) {

        static StatusRow of(Saga saga) {
            Optional<Cause> cause =
                    saga.state() instanceof Undone undone ? Optional.of(undone.cause()) : Optional.empty();
            return new StatusRow(
                    saga.id().value(),
                    saga.status(),
                    cause.map(Cause::reason).orElse(null),
                    cause.map(Cause::detail).orElse(null));
        }
    }
}
