package io.orderly.order.process;

import io.orderly.kit.unitofwork.TransactionBuffer;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Updates all sagas that a transaction has moved with one statement of its unit of work. Hibernate updates them row by row, in a
 * round trip of their own; an order's saga moves four times (ADR 73).
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
        unitOfWork.write(
                UPDATE,
                rows -> requireAll(sagas.size(), rows),
                column(sagas, saga -> saga.id().value(), UUID[]::new),
                state(sagas, columns -> columns.phase().name(), String[]::new),
                state(sagas, columns -> name(columns.awaiting()), String[]::new),
                state(sagas, StateColumns::attempt, Integer[]::new),
                state(sagas, StateColumns::remaining, String[]::new),
                state(sagas, columns -> name(columns.outcome()), String[]::new),
                state(sagas, StateColumns::causeReason, String[]::new),
                state(sagas, StateColumns::causeDetail, String[]::new),
                state(sagas, columns -> name(columns.parkedReason()), String[]::new),
                state(sagas, StateColumns::parkedDetail, String[]::new),
                state(sagas, columns -> text(columns.deadlineAt()), String[]::new),
                column(sagas, SagaInstance::timelineSize, Integer[]::new));
    }

    private static void requireAll(int expected, int rows) {
        if (rows != expected) {
            throw new IllegalStateException("of %d sagas that moved, %d are stored".formatted(expected, rows));
        }
    }

    private static <T> @Nullable T[] state(
            List<SagaInstance> sagas,
            Function<StateColumns, ? extends @Nullable T> value,
            IntFunction<@Nullable T[]> array) {
        return column(sagas, saga -> value.apply(saga.columns()), array);
    }

    private static <T> @Nullable T[] column(
            List<SagaInstance> sagas,
            Function<SagaInstance, ? extends @Nullable T> value,
            IntFunction<@Nullable T[]> array) {
        return sagas.stream().map(value).toArray(array);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
