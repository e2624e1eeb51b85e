package io.orderly.antipatterns.noinbox;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Reservation;
import io.orderly.inventory.stock.Reservation.State;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reservations of which one that is there already is let pass. That looks idempotent, and is, for the row; the units of stock are
 * moved once for each copy of the command.
 */
final class UpsertedReservations {

    private static final String LOCK = """
            select order_id, sku, quantity, state from reservations
             where order_id = any (?) order by order_id, sku for no key update""";
    private static final String INSERT = """
            insert into reservations (order_id, sku, quantity, state) values (?, ?, ?, ?) on conflict do nothing""";
    private static final String UPDATE_STATE = "update reservations set state = ? where order_id = ?";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    UpsertedReservations(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** Locks and returns the reservations of those of the orders that have one, until the transaction ends. */
    List<Reservation> lock(Collection<OrderId> orders) {
        Map<OrderId, Map<Sku, Long>> quantities = new LinkedHashMap<>();
        Map<OrderId, State> states = new LinkedHashMap<>();
        jdbc.sql(LOCK)
                .param(orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query(row -> {
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

    /** At the commit. */
    void insert(List<Reservation> reservations) {
        for (Reservation reservation : reservations) {
            reservation
                    .quantities()
                    .forEach((sku, quantity) -> unitOfWork.write(
                            INSERT,
                            reservation.orderId().value(),
                            sku.value(),
                            quantity,
                            reservation.state().name()));
        }
    }

    /** At the commit. */
    void updateStates(List<Reservation> reservations) {
        for (Reservation reservation : reservations) {
            unitOfWork.write(
                    UPDATE_STATE,
                    reservation.state().name(),
                    reservation.orderId().value());
        }
    }
}
