package io.orderly.order.timeline;

import io.orderly.contracts.SagaStep;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.saga.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes all new entries of a transaction with one statement of its unit of work. As entities they would take a round trip of their
 * own in every transaction that moves a saga, and an entity each; an order has some ten (ADR 59).
 */
class TimelineWriterImpl implements TimelineWriter {

    private static final String INSERT = """
            insert into saga_timeline (order_id, seq, kind, step, attempt, message, message_id, reason, detail, at, lamport_time,
                                       hybrid_time, trace_id)
            select * from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[], ?::uuid[], ?::text[], ?::text[],
                                 ?::timestamptz[], ?::bigint[], ?::bigint[], ?::text[])""";

    private final UnitOfWork unitOfWork;
    private final ApplicationEventPublisher events;

    TimelineWriterImpl(UnitOfWork unitOfWork, ApplicationEventPublisher events) {
        this.unitOfWork = unitOfWork;
        this.events = events;
    }

    @Override
    public void append(List<TimelineEntry> entries) {
        if (!entries.isEmpty()) {
            pending().entries.addAll(entries);
        }
    }

    private Pending pending() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("a timeline only grows in a transaction");
        }
        Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
            unitOfWork.begin();
        }
        return pending;
    }

    /** What one transaction adds. */
    private final class Pending implements TransactionSynchronization {

        private final List<TimelineEntry> entries = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            unitOfWork.write(
                    INSERT,
                    column(each -> each.orderId().value(), UUID[]::new),
                    column(TimelineEntry::seq, Integer[]::new),
                    column(each -> each.kind().name(), String[]::new),
                    column(each -> name(each.step()), String[]::new),
                    column(TimelineEntry::attempt, Integer[]::new),
                    column(TimelineEntry::message, String[]::new),
                    column(TimelineEntry::messageId, UUID[]::new),
                    column(each -> reason(each.cause()), String[]::new),
                    column(each -> detail(each.cause()), String[]::new),
                    column(each -> each.at().toString(), String[]::new),
                    column(TimelineEntry::lamportTime, Long[]::new),
                    column(each -> each.hybridTime().toLong(), Long[]::new),
                    column(TimelineEntry::traceId, String[]::new));
            events.publishEvent(new TimelinesGrew(
                    entries.stream().map(TimelineEntry::orderId).collect(Collectors.toUnmodifiableSet())));
        }

        private <T> @Nullable T[] column(
                Function<TimelineEntry, ? extends @Nullable T> value, IntFunction<@Nullable T[]> array) {
            return entries.stream().map(value).toArray(array);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(TimelineWriterImpl.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(TimelineWriterImpl.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(TimelineWriterImpl.this);
        }

        @Override
        public int getOrder() {
            // before the outbox and the unit of work
            return LOWEST_PRECEDENCE - 2;
        }
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
