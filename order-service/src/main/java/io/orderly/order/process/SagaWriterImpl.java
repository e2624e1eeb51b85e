package io.orderly.order.process;

import io.orderly.kit.unitofwork.Columns;
import io.orderly.kit.unitofwork.TransactionBuffer;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.Order;
import io.orderly.order.saga.Cause;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Updates all sagas that a transaction has moved with one statement of its unit of work, and the orders whose status changes with
 * another. Hibernate updates them row by row, in a round trip of their own; an order's saga moves four times (ADR 73).
 */
class SagaWriterImpl implements SagaWriter {

    private static final String UPDATE = """
            update sagas as saga
               set phase = moved.phase, awaiting = moved.awaiting, attempt = moved.attempt, remaining = moved.remaining,
                   outcome = moved.outcome, cause_reason = moved.cause_reason, cause_detail = moved.cause_detail,
                   parked_reason = moved.parked_reason, parked_detail = moved.parked_detail, deadline_at = moved.deadline_at,
                   timeline_size = moved.timeline_size
              from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::timestamptz[], ?::int[])
                   as moved (order_id, phase, awaiting, attempt, remaining, outcome, cause_reason, cause_detail, parked_reason,
                             parked_detail, deadline_at, timeline_size)
             where saga.order_id = moved.order_id""";

    private static final String UPDATE_STATUS = """
            update orders as placed
               set status = moved.status, cause_reason = moved.cause_reason, cause_detail = moved.cause_detail
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as moved (id, status, cause_reason, cause_detail)
             where placed.id = moved.id""";

    private final UnitOfWork unitOfWork;
    private final TransactionBuffer<SagaInstance> buffer;

    SagaWriterImpl(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
        this.buffer = new TransactionBuffer<>(unitOfWork, this::write, _ -> {});
    }

    @Override
    public void update(SagaInstance saga) {
        buffer.add(List.of(saga));
    }

    private void write(List<SagaInstance> moved) {
        // a transaction has one instance of a saga, however often it moves it
        List<SagaInstance> sagas = moved.stream().distinct().toList();
        var saga = new Columns<>(sagas);
        var state = new Columns<>(sagas.stream().map(SagaInstance::columns).toList());
        unitOfWork.write(
                UPDATE,
                rows -> requireAll(sagas.size(), rows),
                saga.of(each -> each.id().value(), UUID[]::new),
                state.text(StateColumns::phase),
                state.text(StateColumns::awaiting),
                state.of(StateColumns::attempt, Integer[]::new),
                state.text(StateColumns::remaining),
                state.text(StateColumns::outcome),
                state.text(StateColumns::causeReason),
                state.text(StateColumns::causeDetail),
                state.text(StateColumns::parkedReason),
                state.text(StateColumns::parkedDetail),
                state.text(StateColumns::deadlineAt),
                saga.of(SagaInstance::timelineSize, Integer[]::new));
        writeStatuses(sagas.stream()
                .filter(SagaInstance::hasNewStatus)
                .map(SagaInstance::order)
                .toList());
    }

    private void writeStatuses(List<Order> orders) {
        if (orders.isEmpty()) {
            return;
        }
        var order = new Columns<>(orders);
        unitOfWork.write(
                UPDATE_STATUS,
                rows -> requireAll(orders.size(), rows),
                order.of(each -> each.id().value(), UUID[]::new),
                order.text(Order::status),
                order.text(each -> reason(each.cause())),
                order.text(each -> detail(each.cause())));
    }

    private static @Nullable String reason(@Nullable Cause cause) {
        return cause == null ? null : cause.reason();
    }

    private static @Nullable String detail(@Nullable Cause cause) {
        return cause == null ? null : cause.detail();
    }

    private static void requireAll(int expected, int rows) {
        if (rows != expected) {
            throw new IllegalStateException("of %d sagas that moved, %d are stored".formatted(expected, rows));
        }
    }
}
