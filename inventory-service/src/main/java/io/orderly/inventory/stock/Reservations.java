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
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reservations of all orders. Each method takes many and is one statement; those that write do so at the commit. */
@Repository
class Reservations {

    private static final String INSERT = """
            insert into reservations (order_id, sku, quantity, state)
            select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[])""";

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
        Map<OrderId, Map<Sku, Long>> quantities = new LinkedHashMap<>();
        Map<OrderId, State> states = new LinkedHashMap<>();
        jdbc.sql("""
                        select order_id, sku, quantity, state from reservations
                        where order_id = any (?::uuid[])
                        order by order_id, sku
                        for no key update""").param(texts(orders)).query(row -> {
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
