package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the shipping-service's database. */
public record ShipmentRows(Map<OrderId, ShipmentRow> shipments, List<CapacityRow> capacity) {

    private static final String SHIPMENTS = "select order_id, state from shipments";

    private static final String CAPACITY = """
            select c.region, c.day, c.slots, c.booked, coalesce(s.scheduled, 0) as scheduled
              from capacity c
              left join (select country, ships_on, count(*) as scheduled from shipments
                          where state = 'SCHEDULED' group by country, ships_on) s
                on s.country = c.region and s.ships_on = c.day
             order by c.region, c.day""";

    /** An order's shipment. */
    public record ShipmentRow(State state) {

        public enum State {
            SCHEDULED,
            CANCELLED,
            /** A value that the lab does not know. */
            UNKNOWN
        }
    }

    /**
     * The capacity of a region on a day.
     *
     * @param scheduled the number of scheduled shipments
     */
    public record CapacityRow(String region, LocalDate day, long slots, long booked, long scheduled) {}

    /** Reads the rows in the transaction of the connection. */
    public static ShipmentRows read(JdbcClient jdbc) {
        Map<OrderId, ShipmentRow> shipments = new HashMap<>();
        jdbc.sql(SHIPMENTS).query(row -> {
            shipments.put(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    new ShipmentRow(StateParser.read(row.getString("state"), ShipmentRow.State.UNKNOWN)));
        });
        List<CapacityRow> capacity = jdbc.sql(CAPACITY)
                .query((row, _) -> new CapacityRow(
                        row.getString("region"),
                        row.getObject("day", LocalDate.class),
                        row.getLong("slots"),
                        row.getLong("booked"),
                        row.getLong("scheduled")))
                .list();
        return new ShipmentRows(shipments, capacity);
    }
}
