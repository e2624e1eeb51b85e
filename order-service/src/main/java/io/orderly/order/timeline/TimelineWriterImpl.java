package io.orderly.order.timeline;

import io.orderly.kit.unitofwork.Columns;
import io.orderly.kit.unitofwork.TransactionBuffer;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.saga.Cause;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Writes all new entries of a transaction with one statement of its unit of work. JPA inserts would cost an additional round trip
 * per transaction and an entity per entry, of which an order has about ten (ADR 59).
 */
class TimelineWriterImpl implements TimelineWriter {

    private static final String INSERT = """
            insert into saga_timeline (order_id, seq, kind, step, attempt, message, message_id, reason, detail, at, lamport_time,
                                       hybrid_time, trace_id)
            select * from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[], ?::uuid[], ?::text[], ?::text[],
                                 ?::timestamptz[], ?::bigint[], ?::bigint[], ?::text[])""";

    private final UnitOfWork unitOfWork;
    private final ApplicationEventPublisher events;
    private final TransactionBuffer<TimelineEntry> buffer;

    TimelineWriterImpl(UnitOfWork unitOfWork, ApplicationEventPublisher events) {
        this.unitOfWork = unitOfWork;
        this.events = events;
        this.buffer = new TransactionBuffer<>(unitOfWork, this::write, _ -> {});
    }

    @Override
    public void append(List<TimelineEntry> entries) {
        if (!entries.isEmpty()) {
            buffer.add(entries);
        }
    }

    private void write(List<TimelineEntry> entries) {
        var columns = new Columns<>(entries);
        unitOfWork.write(
                INSERT,
                columns.of(each -> each.orderId().value(), UUID[]::new),
                columns.of(TimelineEntry::seq, Integer[]::new),
                columns.text(TimelineEntry::kind),
                columns.text(TimelineEntry::step),
                columns.of(TimelineEntry::attempt, Integer[]::new),
                columns.text(TimelineEntry::message),
                columns.of(TimelineEntry::messageId, UUID[]::new),
                columns.text(each -> reason(each.cause())),
                columns.text(each -> detail(each.cause())),
                columns.text(TimelineEntry::at),
                columns.of(TimelineEntry::lamportTime, Long[]::new),
                columns.of(each -> each.hybridTime().toLong(), Long[]::new),
                columns.text(TimelineEntry::traceId));
        events.publishEvent(new TimelineEntriesAppended(
                entries.stream().map(TimelineEntry::orderId).collect(Collectors.toUnmodifiableSet())));
    }

    private static @Nullable String reason(@Nullable Cause cause) {
        return cause == null ? null : cause.reason();
    }

    private static @Nullable String detail(@Nullable Cause cause) {
        return cause == null ? null : cause.detail();
    }
}
