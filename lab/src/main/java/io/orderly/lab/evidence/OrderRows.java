package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of the order-service's database.
 *
 * @param orders by id
 * @param storedResponses the locations of the stored responses, by idempotency key
 */
public record OrderRows(Map<OrderId, OrderRow> orders, Map<String, String> storedResponses) {

    private static final String ORDERS = """
            select o.id, coalesce(o.address ->> 'name', '') as parcel_name, o.customer, o.status, o.total, o.currency,
                   s.phase, s.awaiting, s.parked_reason, s.timeline_size,
                   t.entries, t.last_seq, t.effects_before_causes
              from orders o
              left join sagas s on s.order_id = o.id
              left join (select order_id, count(*) as entries, max(seq) as last_seq,
                                count(*) filter (where kind = 'REPLY' and message <> 'CommandDeadLettered'
                                                       and hybrid_time <= first_command
                                                    or kind in ('COMMAND', 'CONFIRMED', 'REJECTED', 'CANCELLED')
                                                       and hybrid_time <= latest_reply) as effects_before_causes
                           from (select order_id, seq, kind, message, hybrid_time,
                                        min(hybrid_time) filter (where kind = 'COMMAND')
                                          over (partition by order_id, step) as first_command,
                                        max(hybrid_time) filter (where kind = 'REPLY')
                                          over (partition by order_id order by seq
                                                rows between unbounded preceding and 1 preceding) as latest_reply
                                   from saga_timeline) as entry
                          group by order_id) t
                on t.order_id = o.id
             order by o.id""";

    private static final String LINES = """
            select id, line ->> 'sku' as sku, (line ->> 'quantity')::bigint as quantity
              from orders, jsonb_array_elements(lines) as line""";

    private static final String ANSWERS = "select key, coalesce(location, '') as location from idempotency_keys";

    /** The status of an order. */
    public enum Status {
        PENDING,
        CONFIRMED,
        REJECTED,
        CANCELLED,
        PARKED,
        /** A value that the lab does not know. */
        UNKNOWN;

        /** Rejected or cancelled. */
        public boolean isCompensated() {
            return this == REJECTED || this == CANCELLED;
        }

        /** Whether the status is final. */
        public boolean isTerminal() {
            return this == CONFIRMED || isCompensated();
        }
    }

    /**
     * An order and its saga.
     *
     * @param parcelName the name in the address, which the load generator sets to the request's key; empty without a
     *     name
     * @param saga null if it is missing, which is a violation
     * @param quantities the ordered units by SKU
     */
    public record OrderRow(
            OrderId id,
            String parcelName,
            String customer,
            Status status,
            BigDecimal total,
            String currency,
            @Nullable SagaRow saga,
            Map<String, Long> quantities) {}

    /**
     * @param timelineSize the expected number of timeline entries
     * @param timelineEntries the number of timeline entries
     * @param lastTimelineEntry the number of the last entry
     * @param effectsBeforeCauses the number of entries whose timestamp is not after that of their cause: of replies
     *     compared with their command, and of other entries compared with the preceding replies
     */
    public record SagaRow(
            String phase,
            @Nullable String awaiting,
            @Nullable String parkedReason,
            long timelineSize,
            long timelineEntries,
            long lastTimelineEntry,
            long effectsBeforeCauses) {

        /** The order status that corresponds to the saga's phase. */
        public Status status() {
            if (parkedReason != null) {
                return Status.PARKED;
            }
            return switch (phase) {
                case "CONFIRMED" -> Status.CONFIRMED;
                case "REJECTED" -> Status.REJECTED;
                case "CANCELLED" -> Status.CANCELLED;
                default -> Status.PENDING;
            };
        }

        @Override
        public String toString() {
            return phase
                    + (awaiting == null ? "" : ", awaiting " + awaiting)
                    + (parkedReason == null ? "" : ", parked: " + parkedReason);
        }
    }

    /** The orders by the name in their address. */
    public Map<String, List<OrderRow>> byParcelName() {
        return orders.values().stream().collect(Collectors.groupingBy(OrderRow::parcelName));
    }

    /** Reads the rows in the transaction of the connection. */
    public static OrderRows read(JdbcClient jdbc) {
        Map<OrderId, Map<String, Long>> quantities = new HashMap<>();
        jdbc.sql(LINES).query(row -> {
            quantities
                    .computeIfAbsent(new OrderId(row.getObject("id", UUID.class)), _ -> new HashMap<>())
                    .merge(row.getString("sku"), row.getLong("quantity"), Long::sum);
        });
        Map<OrderId, OrderRow> orders = new LinkedHashMap<>();
        jdbc.sql(ORDERS).query(row -> {
            OrderId id = new OrderId(row.getObject("id", UUID.class));
            String phase = row.getString("phase");
            SagaRow saga = phase == null
                    ? null
                    : new SagaRow(
                            phase,
                            row.getString("awaiting"),
                            row.getString("parked_reason"),
                            row.getLong("timeline_size"),
                            row.getLong("entries"),
                            row.getLong("last_seq"),
                            row.getLong("effects_before_causes"));
            orders.put(
                    id,
                    new OrderRow(
                            id,
                            row.getString("parcel_name"),
                            row.getString("customer"),
                            StateParser.read(row.getString("status"), Status.UNKNOWN),
                            row.getBigDecimal("total"),
                            row.getString("currency"),
                            saga,
                            quantities.getOrDefault(id, Map.of())));
        });
        Map<String, String> answers = new HashMap<>();
        jdbc.sql(ANSWERS).query(row -> {
            answers.put(row.getString("key"), row.getString("location"));
        });
        return new OrderRows(orders, answers);
    }
}
