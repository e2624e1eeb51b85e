package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.antipatterns.twophasecommit.InDoubtBranch;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch.Kind;
import io.orderly.contracts.OrderId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The amounts that may be held at the provider. Each method runs in a transaction of its own unless the caller has one.
 */
final class Authorizations {

    private static final String BEGIN = """
            insert into authorizations (order_id)
            select ? where not exists (select from payments where order_id = ?)
            on conflict do nothing""";

    private static final String OPEN = """
            select order_id, begun_at, extract(epoch from clock_timestamp() - begun_at) * 1000 as age_millis
              from authorizations order by begun_at""";

    private final JdbcClient jdbc;

    Authorizations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if an authorization of the order was begun before, or the order has a payment */
    boolean begin(OrderId order) {
        return jdbc.sql(BEGIN).params(order.value(), order.value()).update() == 1;
    }

    boolean isOpen(OrderId order) {
        return jdbc.sql("select exists(select from authorizations where order_id = ?)")
                .param(order.value())
                .query(Boolean.class)
                .single();
    }

    void end(OrderId order) {
        jdbc.sql("delete from authorizations where order_id = ?")
                .param(order.value())
                .update();
    }

    /** Open authorizations, oldest first. */
    List<InDoubtBranch> open() {
        return jdbc.sql(OPEN)
                .query((row, _) -> new InDoubtBranch(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        Kind.AUTHORIZED,
                        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                        row.getLong("age_millis"),
                        List.of(),
                        0))
                .list();
    }
}
