package io.orderly.shipping.dispatch;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.shipping.dispatch.Shipment.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The shipments of all orders. What is written is written at the commit. */
@Repository
public class Shipments {

    private static final String COLUMNS =
            "order_id, shipment_id, name, street, city, postal_code, country, ships_on, state";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    Shipments(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** @return empty if nothing was ever booked for the order */
    public Optional<Shipment> find(OrderId order) {
        return jdbc.sql("select " + COLUMNS + " from shipments where order_id = ?")
                .param(order.value())
                .query(Shipments::shipment)
                .optional();
    }

    /**
     * The shipments of the newest orders first. Day, region and the cancelled ones have an index each; where several are asked for,
     * what one of them finds is filtered, and a day has no more shipments than its regions have slots.
     */
    public List<Shipment> newestFirst(ShipmentFilter filter, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + " from shipments where true");
        if (filter.state() != null) {
            // a literal, for only then can the planner tell that the index of cancelled shipments has them
            sql.append(" and state = '").append(filter.state().name()).append("'");
        }
        if (filter.day() != null) {
            sql.append(" and ships_on = :day");
        }
        if (filter.region() != null) {
            sql.append(" and country = :region");
        }
        if (filter.olderThan() != null) {
            sql.append(" and order_id < :olderThan");
        }
        return jdbc.sql(sql.append(" order by order_id desc limit :limit").toString())
                .param("day", filter.day())
                .param("region", filter.region())
                .param(
                        "olderThan",
                        filter.olderThan() == null ? null : filter.olderThan().value())
                .param("limit", limit)
                .query(Shipments::shipment)
                .list();
    }

    /** Locks and returns the shipments of those of the orders that have one, until the transaction ends. */
    List<Shipment> lock(Collection<OrderId> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select " + COLUMNS + " from shipments where order_id = any (?::uuid[]) "
                        + "order by order_id for no key update")
                .param(orders.stream().map(OrderId::toString).toArray(String[]::new))
                .query(Shipments::shipment)
                .list();
    }

    /** The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order has one already. */
    void insert(List<Shipment> shipments) {
        if (shipments.isEmpty()) {
            return;
        }
        unitOfWork.write(
                "insert into shipments (" + COLUMNS + ") select * from unnest(?::uuid[], ?::uuid[], ?::text[], "
                        + "?::text[], ?::text[], ?::text[], ?::text[], ?::date[], ?::text[])",
                texts(shipments, Shipment::orderId),
                texts(shipments, Shipment::shipmentId),
                texts(shipments, shipment -> shipment.address().name()),
                texts(shipments, shipment -> shipment.address().street()),
                texts(shipments, shipment -> shipment.address().city()),
                texts(shipments, shipment -> shipment.address().postalCode()),
                texts(shipments, shipment -> shipment.address().country()),
                texts(shipments, Shipment::shipsOn),
                texts(shipments, Shipment::state));
    }

    /** Brings shipments that are stored to the states given here. */
    void updateStates(List<Shipment> shipments) {
        if (shipments.isEmpty()) {
            return;
        }
        unitOfWork.write("""
                update shipments set state = changed.state
                from unnest(?::uuid[], ?::text[]) as changed (order_id, state)
                where shipments.order_id = changed.order_id""", texts(shipments, Shipment::orderId), texts(shipments, Shipment::state));
    }

    private static String[] texts(List<Shipment> shipments, Function<Shipment, Object> column) {
        return shipments.stream().map(column).map(Object::toString).toArray(String[]::new);
    }

    private static Shipment shipment(ResultSet row, int number) throws SQLException {
        return new Shipment(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getObject("shipment_id", UUID.class),
                new Address(
                        row.getString("name"),
                        row.getString("street"),
                        row.getString("city"),
                        row.getString("postal_code"),
                        row.getString("country")),
                row.getObject("ships_on", LocalDate.class),
                State.valueOf(row.getString("state")));
    }
}
