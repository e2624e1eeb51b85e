package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the inventory-service's database. */
public record StockRows(List<StockRow> stock, Map<OrderId, List<ReservationRow>> reservations) {

    private static final String STOCK = """
            select s.sku, s.seeded, s.restocked, s.on_hand, s.reserved, s.shipped,
                   coalesce(r.restocks, 0) as restocks, coalesce(o.reservations, 0) as reservations,
                   coalesce(o.shipments, 0) as shipments
              from stock s
              left join (select sku, sum(quantity) as restocks from restocks group by sku) r using (sku)
              left join (select sku, sum(quantity) filter (where state = 'RESERVED') as reservations,
                                     sum(quantity) filter (where state = 'SHIPPED') as shipments
                           from reservations group by sku) o using (sku)
             order by s.sku""";

    private static final String RESERVATIONS = "select order_id, sku, quantity, state from reservations";

    /**
     * The stock of a product.
     *
     * @param restocks the sum of the restocks
     * @param reservations the sum of the reservations in the state RESERVED
     * @param shipments the sum of the reservations in the state SHIPPED
     */
    public record StockRow(
            String sku,
            long seeded,
            long restocked,
            long onHand,
            long reserved,
            long shipped,
            long restocks,
            long reservations,
            long shipments) {}

    /** An order's reservation of a product. */
    public record ReservationRow(String sku, long quantity, State state) {

        public enum State {
            RESERVED,
            SHIPPED,
            RELEASED,
            /** A value that the lab does not know. */
            UNKNOWN
        }
    }

    /** Reads the rows in the transaction of the connection. */
    public static StockRows read(JdbcClient jdbc) {
        List<StockRow> stock = jdbc.sql(STOCK)
                .query((row, _) -> new StockRow(
                        row.getString("sku"),
                        row.getLong("seeded"),
                        row.getLong("restocked"),
                        row.getLong("on_hand"),
                        row.getLong("reserved"),
                        row.getLong("shipped"),
                        row.getLong("restocks"),
                        row.getLong("reservations"),
                        row.getLong("shipments")))
                .list();
        Map<OrderId, List<ReservationRow>> reservations = new HashMap<>();
        jdbc.sql(RESERVATIONS).query(row -> {
            reservations
                    .computeIfAbsent(new OrderId(row.getObject("order_id", UUID.class)), _ -> new ArrayList<>())
                    .add(new ReservationRow(
                            row.getString("sku"),
                            row.getLong("quantity"),
                            StateParser.read(row.getString("state"), ReservationRow.State.UNKNOWN)));
        });
        return new StockRows(stock, reservations);
    }
}
