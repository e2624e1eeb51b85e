package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Reservation.State;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The reservations of all orders. Each method is one statement; those that write do so at the commit. */
@Repository
public class Reservations {

    private static final String INSERT = """
            insert into reservations (order_id, sku, quantity, state)
            select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[])""";

    private static final String SELECT =
            "select order_id, sku, quantity, state from reservations where order_id = any (?::uuid[]) ";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    Reservations(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** Locks and returns the reservations of those of the orders that have one, until the transaction ends. */
    List<Reservation> lock(Collection<OrderId> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return reservations(
                jdbc.sql(SELECT + "order by order_id, sku for no key update").param(texts(orders)));
    }

    /** @return empty if nothing was ever set aside for the order */
    public Optional<Reservation> find(OrderId order) {
        return reservations(jdbc.sql(SELECT + "order by sku").param(texts(List.of(order)))).stream()
                .findFirst();
    }

    /**
     * The reservations of a product, those of the newest orders first, which is the order of the index {@code reservations_by_sku}.
     *
     * @param olderThan null to begin with that of the newest order
     */
    public List<ProductReservation> ofProduct(Sku sku, @Nullable OrderId olderThan, int limit) {
        return jdbc.sql("select order_id, quantity, state from reservations where sku = :sku"
                        + (olderThan == null ? "" : " and order_id < :olderThan")
                        + " order by order_id desc limit :limit")
                .param("sku", sku.value())
                .param("olderThan", olderThan == null ? null : olderThan.value())
                .param("limit", limit)
                .query((row, _) -> new ProductReservation(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getLong("quantity"),
                        State.valueOf(row.getString("state"))))
                .list();
    }

    private static List<Reservation> reservations(StatementSpec rows) {
        Map<OrderId, Map<Sku, Long>> quantities = new LinkedHashMap<>();
        Map<OrderId, State> states = new LinkedHashMap<>();
        rows.query(row -> {
            OrderId order = new OrderId(row.getObject("order_id", UUID.class));
            quantities
                    .computeIfAbsent(order, _ -> new LinkedHashMap<>())
                    .put(new Sku(row.getString("sku")), row.getLong("quantity"));
            states.put(order, State.valueOf(row.getString("state")));
        });
        return quantities.entrySet().stream()
                .map(entry -> new Reservation(entry.getKey(), entry.getValue(), states.get(entry.getKey())))
                .toList();
    }

    /** The commit fails with a {@link org.springframework.dao.DuplicateKeyException} if an order has one already. */
    void insert(List<Reservation> reservations) {
        if (reservations.isEmpty()) {
            return;
        }
        List<String> orders = new ArrayList<>();
        List<String> skus = new ArrayList<>();
        List<Long> quantities = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (Reservation reservation : reservations) {
            reservation.quantities().forEach((sku, quantity) -> {
                orders.add(reservation.orderId().toString());
                skus.add(sku.value());
                quantities.add(quantity);
                states.add(reservation.state().name());
            });
        }
        unitOfWork.write(
                INSERT,
                orders.toArray(String[]::new),
                skus.toArray(String[]::new),
                quantities.toArray(Long[]::new),
                states.toArray(String[]::new));
    }

    /** Brings reservations that are stored to the states given here. */
    void updateStates(List<Reservation> reservations) {
        if (reservations.isEmpty()) {
            return;
        }
        unitOfWork.write(
                """
                update reservations set state = changed.state
                from unnest(?::uuid[], ?::text[]) as changed (order_id, state)
                where reservations.order_id = changed.order_id""",
                texts(reservations.stream().map(Reservation::orderId).toList()),
                reservations.stream()
                        .map(reservation -> reservation.state().name())
                        .toArray(String[]::new));
    }

    private static String[] texts(Collection<OrderId> orders) {
        return orders.stream().map(OrderId::toString).toArray(String[]::new);
    }
}
