package io.orderly.order.saga;

import static io.orderly.contracts.SagaStep.CANCEL_SHIPMENT;
import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.contracts.SagaStep.COMMIT_RESERVATION;
import static io.orderly.contracts.SagaStep.REFUND_PAYMENT;
import static io.orderly.contracts.SagaStep.RELEASE_INVENTORY;
import static io.orderly.contracts.SagaStep.RESERVE_INVENTORY;
import static io.orderly.contracts.SagaStep.SCHEDULE_SHIPMENT;

import io.orderly.contracts.Command;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps of an order's saga in execution order, with the command and the compensation of each. */
public final class SagaDefinition {

    private static final List<Row> ROWS = List.of(
            step(RESERVE_INVENTORY, order -> new ReserveInventory(order.id(), order.lines()))
                    .compensatedBy(RELEASE_INVENTORY, order -> new ReleaseInventory(order.id())),
            step(CHARGE_PAYMENT, order -> new ChargePayment(order.id(), order.customer(), order.total()))
                    .compensatedBy(REFUND_PAYMENT, order -> new RefundPayment(order.id())),
            step(SCHEDULE_SHIPMENT, order -> new ScheduleShipment(order.id(), order.address()))
                    .compensatedBy(CANCEL_SHIPMENT, order -> new CancelShipment(order.id())),
            // the pivot is passed, so this step is retried until it completes and has no compensation
            step(COMMIT_RESERVATION, order -> new CommitReservation(order.id())));

    private static final List<SagaStep> STEPS =
            ROWS.stream().map(row -> row.forward().step()).toList();
    private static final Map<SagaStep, Action> ACTIONS = new EnumMap<>(SagaStep.class);

    static {
        ROWS.stream().flatMap(Row::actions).forEach(action -> ACTIONS.put(action.step(), action));
    }

    private SagaDefinition() {}

    public static SagaStep first() {
        return STEPS.getFirst();
    }

    /** The next step; empty after the last step. */
    public static Optional<SagaStep> after(SagaStep step) {
        return STEPS.stream().skip(STEPS.indexOf(step) + 1L).findFirst();
    }

    /** Whether a saga that awaits this step can still be compensated. */
    static boolean isBeforePivot(SagaStep awaited) {
        return row(awaited).compensation().isPresent();
    }

    /** The compensations of this step and all earlier steps, the latest step first. Use it if the effect of the step is unknown. */
    public static List<SagaStep> compensationsThrough(SagaStep step) {
        return compensationsOfFirst(STEPS.indexOf(step) + 1);
    }

    /** The compensations of all steps before this step, the latest step first. */
    public static List<SagaStep> compensationsBefore(SagaStep step) {
        return compensationsOfFirst(STEPS.indexOf(step));
    }

    private static List<SagaStep> compensationsOfFirst(int steps) {
        return IntStream.range(0, steps)
                .mapToObj(i ->
                        ROWS.get(steps - 1 - i).compensation().orElseThrow().step())
                .toList();
    }

    /** The command that executes the step for this order. */
    public static Command command(SagaStep step, SagaOrder order) {
        return action(step).command().apply(order);
    }

    private static Action action(SagaStep step) {
        Action action = ACTIONS.get(step);
        if (action == null) {
            throw new IllegalArgumentException("not a step of this saga: " + step);
        }
        return action;
    }

    private static Row row(SagaStep forward) {
        return ROWS.get(STEPS.indexOf(forward));
    }

    private static Row step(SagaStep step, Function<SagaOrder, Command> command) {
        return new Row(new Action(step, command), Optional.empty());
    }

    private record Action(SagaStep step, Function<SagaOrder, Command> command) {}

    private record Row(Action forward, Optional<Action> compensation) {

        Row compensatedBy(SagaStep step, Function<SagaOrder, Command> command) {
            if (step.forward() != forward.step()) {
                throw new IllegalArgumentException(step + " does not compensate " + forward.step());
            }
            return new Row(forward, Optional.of(new Action(step, command)));
        }

        Stream<Action> actions() {
            return Stream.concat(Stream.of(forward), compensation.stream());
        }
    }
}
