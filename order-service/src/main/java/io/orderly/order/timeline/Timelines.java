package io.orderly.order.timeline;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.rows.JsonRows;
import io.orderly.order.saga.Cause;
import io.orderly.order.timeline.TimelineEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The timelines of all sagas. */
@Repository
public class Timelines {

    private static final String INSERT =
            "insert into saga_timeline select * from json_populate_recordset(null::saga_timeline, ?::json)";
    private static final String SELECT = """
            select order_id, seq, kind, step, attempt, message, message_id, reason, detail, at, lamport_time, hybrid_time,
                   trace_id
              from saga_timeline where order_id = ? and seq > ? order by seq limit ?""";

    private static final String LAST = """
            select entry.* from unnest(?::uuid[], ?::int[]) as saga (order_id, size)
             cross join lateral (
                   select * from saga_timeline as latest
                    where latest.order_id = saga.order_id and latest.seq <= saga.size and latest.kind = ?
                    order by latest.seq desc limit 1) as entry""";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;
    private final ApplicationEventPublisher events;

    Timelines(JdbcClient jdbc, UnitOfWork unitOfWork, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.events = events;
    }

    /** Adds what the current transaction has decided; whoever follows one of these timelines hears of it at the commit. */
    public void append(Collection<TimelineEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        unitOfWork.write(INSERT, JsonRows.of(entries.stream().map(Row::of).toList()));
        events.publishEvent(new TimelinesGrew(
                entries.stream().map(TimelineEntry::orderId).collect(Collectors.toUnmodifiableSet())));
    }

    /** What happened to the order's saga after the entry of this number; 0 for all from the beginning. */
    public List<TimelineEntry> after(OrderId order, int seq, int limit) {
        return jdbc.sql(SELECT)
                .params(order.value(), seq, limit)
                .query(Timelines::read)
                .list();
    }

    /**
     * The last entry of the kind in each of these timelines that has one.
     *
     * @param sizes how many entries of each timeline to look at, so that a saga that goes on meanwhile changes nothing
     */
    public Map<OrderId, TimelineEntry> last(Kind kind, Map<OrderId, Integer> sizes) {
        return jdbc
                .sql(LAST)
                .params(
                        sizes.keySet().stream().map(OrderId::toString).toArray(String[]::new),
                        sizes.values().toArray(Integer[]::new),
                        kind.name())
                .query(Timelines::read)
                .list()
                .stream()
                .collect(Collectors.toMap(TimelineEntry::orderId, Function.identity()));
    }

    /** Whether the timeline has as many entries as this; always for 0. */
    public boolean reaches(OrderId order, int seq) {
        return seq == 0
                || jdbc.sql("select exists (select from saga_timeline where order_id = ? and seq >= ?)")
                        .params(order.value(), seq)
                        .query(Boolean.class)
                        .single();
    }

    private static TimelineEntry read(ResultSet row, int number) throws SQLException {
        return new TimelineEntry(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getInt("seq"),
                Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("step"))
                        .map(SagaStep::valueOf)
                        .orElse(null),
                row.getObject("attempt", Integer.class),
                row.getString("message"),
                row.getObject("message_id", UUID.class),
                cause(row.getString("reason"), row.getString("detail")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("lamport_time"),
                HybridTimestamp.fromLong(row.getLong("hybrid_time")),
                row.getString("trace_id"));
    }

    private static @Nullable Cause cause(@Nullable String reason, @Nullable String detail) {
        return reason == null || detail == null ? null : new Cause(reason, detail);
    }

    /** An entry as the table has it. */
    private record Row(
            UUID orderId,
            int seq,
            Kind kind,
            @Nullable SagaStep step,
            @Nullable Integer attempt,
            @Nullable String message,
            @Nullable UUID messageId,
            @Nullable String reason,
            @Nullable String detail,
            Instant at,
            long lamportTime,
            long hybridTime,
            @Nullable String traceId) {

        static Row of(TimelineEntry entry) {
            return new Row(
                    entry.orderId().value(),
                    entry.seq(),
                    entry.kind(),
                    entry.step(),
                    entry.attempt(),
                    entry.message(),
                    entry.messageId(),
                    entry.cause() == null ? null : entry.cause().reason(),
                    entry.cause() == null ? null : entry.cause().detail(),
                    entry.at(),
                    entry.lamportTime(),
                    entry.hybridTime().toLong(),
                    entry.traceId());
        }
    }
}
