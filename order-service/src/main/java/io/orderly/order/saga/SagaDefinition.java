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
import java.util.stream.Stream;

/**
 * The steps of an order's saga in execution order, and their compensations. A saga ends on the definition on which it began, so a definition that was
 * released is not changed: another list of steps is a definition with the next number, and the earlier one stays until no saga is on it.
 */
public final class SagaDefinition {

    /** All steps of any definition. */
    private static final List<Row> ROWS = List.of(
            step(RESERVE_INVENTORY, order -> new ReserveInventory(order.id(), order.lines()))
                    .compensatedBy(RELEASE_INVENTORY, order -> new ReleaseInventory(order.id())),
            step(CHARGE_PAYMENT, order -> new ChargePayment(order.id(), order.customer(), order.total()))
                    .compensatedBy(REFUND_PAYMENT, order -> new RefundPayment(order.id())),
            step(SCHEDULE_SHIPMENT, order -> new ScheduleShipment(order.id(), order.address()))
                    .compensatedBy(CANCEL_SHIPMENT, order -> new CancelShipment(order.id())),
            // the pivot is passed, so this step is retried until it completes and has no compensation
            step(COMMIT_RESERVATION, order -> new CommitReservation(order.id())));

    private static final Map<SagaStep, Action> ACTIONS = new EnumMap<>(SagaStep.class);

    static {
        ROWS.stream().flatMap(Row::actions).forEach(action -> ACTIONS.put(action.step(), action));
    }

    private static final List<SagaDefinition> KNOWN =
            List.of(new SagaDefinition(1, RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT, COMMIT_RESERVATION));

    /** Where instances of two releases run side by side, the earlier release has to know it too. */
    private static final int CURRENT = 1;

    private final int number;
    private final List<Row> rows;
    private final List<SagaStep> steps;

    /** @param steps in execution order; those before the first step without a compensation can be compensated */
    SagaDefinition(int number, SagaStep... steps) {
        this.number = number;
        this.steps = List.of(steps);
        this.rows = this.steps.stream().map(SagaDefinition::row).toList();
    }

    /** The definition on which a new saga begins. */
    public static SagaDefinition current() {
        return numbered(CURRENT).orElseThrow();
    }

    /** Empty if this version of the service does not have it: it is of a later one, or was removed. */
    public static Optional<SagaDefinition> numbered(int number) {
        return KNOWN.stream().filter(definition -> definition.number == number).findFirst();
    }

    public int number() {
        return number;
    }

    List<SagaStep> steps() {
        return steps;
    }

    public SagaStep first() {
        return steps.getFirst();
    }

    /** The next step; empty after the last step. */
    public Optional<SagaStep> after(SagaStep step) {
        return steps.stream().skip(steps.indexOf(step) + 1L).findFirst();
    }

    /** The compensations of this step and all earlier steps, the latest step first. Use it if the effect of the step is unknown. */
    public List<SagaStep> compensationsThrough(SagaStep step) {
        return compensationsOfFirst(steps.indexOf(step) + 1);
    }

    /** The compensations of all steps before this step, the latest step first. */
    public List<SagaStep> compensationsBefore(SagaStep step) {
        return compensationsOfFirst(steps.indexOf(step));
    }

    private List<SagaStep> compensationsOfFirst(int count) {
        return rows.subList(0, count).reversed().stream()
                .map(row -> row.compensation().orElseThrow().step())
                .toList();
    }

    /** Whether a saga that awaits this step can still be compensated. */
    static boolean isBeforePivot(SagaStep awaited) {
        return row(awaited).compensation().isPresent();
    }

    /** The command that executes the step for this order, in every definition. */
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
        return ROWS.stream()
                .filter(row -> row.forward().step() == forward)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a forward step of this saga: " + forward));
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
