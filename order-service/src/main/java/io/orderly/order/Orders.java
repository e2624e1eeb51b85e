package io.orderly.order;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.rows.StoredAddress;
import io.orderly.order.saga.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All orders ever accepted, for reading; {@link io.orderly.order.process.SagaProcess} adds new ones. */
@Repository
public class Orders {

    private static final String SELECT = """
            select id, customer, lines, address, total, currency, status, cause_reason, cause_detail, placed_at
              from orders
            """;
    private static final TypeReference<List<PricedLine>> LINES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = new JsonMapper();

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Order> find(OrderId id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id.value())
                .query(this::read)
                .optional();
    }

    /** The newest orders first. */
    public List<Order> newestFirst(OrderFilter filter, int limit) {
        var sql = new StringBuilder(SELECT).append("where true");
        if (filter.customer() != null) {
            sql.append(" and customer = :customer");
        }
        if (filter.status() != null) {
            // a literal, for only then can the planner tell that the index of unusual orders has them
            sql.append(" and status = '").append(filter.status().name()).append("'");
        }
        if (filter.olderThan() != null) {
            sql.append(" and id < :olderThan");
        }
        return jdbc.sql(sql.append(" order by id desc limit :limit").toString())
                .param(
                        "customer",
                        filter.customer() == null ? null : filter.customer().value())
                .param(
                        "olderThan",
                        filter.olderThan() == null ? null : filter.olderThan().value())
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    private Order read(ResultSet row, int number) throws SQLException {
        return new Order(
                new OrderId(row.getObject("id", UUID.class)),
                new CustomerId(row.getString("customer")),
                json.readValue(row.getString("lines"), LINES),
                StoredAddress.read(row.getString("address")),
                new Money(row.getBigDecimal("total"), row.getString("currency")),
                OrderStatus.valueOf(row.getString("status")),
                cause(row.getString("cause_reason"), row.getString("cause_detail")),
                row.getObject("placed_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Cause cause(@Nullable String reason, @Nullable String detail) {
        return reason == null || detail == null ? null : new Cause(reason, detail);
    }
}
