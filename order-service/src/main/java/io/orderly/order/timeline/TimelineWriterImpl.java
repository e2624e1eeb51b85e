package io.orderly.order.timeline;

import io.orderly.contracts.SagaStep;
import io.orderly.kit.unitofwork.TransactionBuffer;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.saga.Cause;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
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
        unitOfWork.write(
                INSERT,
                column(entries, each -> each.orderId().value(), UUID[]::new),
                column(entries, TimelineEntry::seq, Integer[]::new),
                column(entries, each -> each.kind().name(), String[]::new),
                column(entries, each -> name(each.step()), String[]::new),
                column(entries, TimelineEntry::attempt, Integer[]::new),
                column(entries, TimelineEntry::message, String[]::new),
                column(entries, TimelineEntry::messageId, UUID[]::new),
                column(entries, each -> reason(each.cause()), String[]::new),
                column(entries, each -> detail(each.cause()), String[]::new),
                column(entries, each -> each.at().toString(), String[]::new),
                column(entries, TimelineEntry::lamportTime, Long[]::new),
                column(entries, each -> each.hybridTime().toLong(), Long[]::new),
                column(entries, TimelineEntry::traceId, String[]::new));
        events.publishEvent(new TimelineEntriesAppended(
                entries.stream().map(TimelineEntry::orderId).collect(Collectors.toUnmodifiableSet())));
    }

    private static <T> @Nullable T[] column(
            List<TimelineEntry> entries,
            Function<TimelineEntry, ? extends @Nullable T> value,
            IntFunction<@Nullable T[]> array) {
        return entries.stream().map(value).toArray(array);
    }

    private static @Nullable String name(@Nullable SagaStep step) {
        return step == null ? null : step.name();
    }

    private static @Nullable String reason(@Nullable Cause cause) {
        return cause == null ? null : cause.reason();
    }

    private static @Nullable String detail(@Nullable Cause cause) {
        return cause == null ? null : cause.detail();
    }
}
