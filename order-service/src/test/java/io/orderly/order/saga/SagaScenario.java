package io.orderly.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Command;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A fluent test of a saga: each {@code on…} method applies an input, and the methods that follow assert its result. The scenario
 * fails if the saga sends a command or publishes an event that was not asserted.
 */
final class SagaScenario {

    private final SagaOrder order = SagaFixtures.anOrder();
    private final OrderSaga saga = new OrderSaga(SagaFixtures.DEADLINES);
    private Instant now = Instant.parse("2026-11-23T04:30:00Z");
    private Transition last;
    private boolean commandsExpected;
    private boolean eventsExpected;

    private SagaScenario() {
        last = saga.start(order, now);
    }

    static SagaScenario orderPlaced() {
        return new SagaScenario();
    }

    /** Starts a saga and completes its steps until it awaits this forward step. */
    static SagaScenario awaiting(SagaStep step) {
        SagaScenario scenario = orderPlaced();
        while (((Active) scenario.last.state()).awaited() != step) {
            scenario.tell(new Replied(completion(scenario.order.id(), ((Active) scenario.last.state()).awaited())));
        }
        scenario.commandsExpected = true;
        scenario.eventsExpected = true;
        return scenario;
    }

    SagaScenario onCompleted(SagaStep step) {
        return on(new Replied(completion(order.id(), step)));
    }

    SagaScenario onDeclined(SagaStep step, String reason) {
        return on(new Replied(new StepDeclined(order.id(), step, reason, "because")));
    }

    SagaScenario onRefused(SagaStep step, String reason) {
        return on(new Replied(new StepRefused(order.id(), step, reason, "because")));
    }

    SagaScenario onDeadLettered(Topic topic) {
        return on(new Replied(new CommandDeadLettered(order.id(), "letter-1", topic.topicName(), "poison")));
    }

    /** Advances the time to the saga's deadline. */
    SagaScenario onDeadline() {
        now = last.state().nextDeadline().orElseThrow();
        return on(new TimePassed());
    }

    SagaScenario onTimePassed(Duration duration) {
        now = now.plus(duration);
        return on(new TimePassed());
    }

    SagaScenario onCancellation() {
        return on(new CancellationRequested());
    }

    SagaScenario on(SagaInput input) {
        if (last instanceof Moved moved) {
            assertThat(commandsExpected || moved.commands().isEmpty())
                    .as("unexpected commands: %s", moved.commands())
                    .isTrue();
            assertThat(eventsExpected || moved.events().isEmpty())
                    .as("unexpected events: %s", moved.events())
                    .isTrue();
        }
        tell(input);
        return this;
    }

    private void tell(SagaInput input) {
        last = saga.on(order, last.state(), input, now);
        commandsExpected = false;
        eventsExpected = false;
    }

    SagaScenario sends(SagaStep... steps) {
        assertThat(moved().commands()).extracting(Command::step).containsExactly(steps);
        assertThat(moved().commands()).extracting(Command::orderId).containsOnly(order.id());
        commandsExpected = true;
        return this;
    }

    SagaScenario publishes(Class<?>... events) {
        assertThat(moved().events()).extracting(Object::getClass).isEqualTo(List.of(events));
        assertThat(moved().events()).extracting(OrderEvent::orderId).containsOnly(order.id());
        eventsExpected = true;
        return this;
    }

    SagaScenario publishes(OrderEvent... events) {
        assertThat(moved().events()).containsExactly(events);
        eventsExpected = true;
        return this;
    }

    /** Asserts that the saga awaits the reply of this step for this long. */
    SagaScenario awaits(SagaStep step, int attempt, Duration deadline) {
        assertThat(last.state()).isInstanceOfSatisfying(Active.class, active -> {
            assertThat(active.awaited()).isEqualTo(step);
            assertThat(active.attempt()).isEqualTo(attempt);
            assertThat(Duration.between(now, active.deadline())).isEqualTo(deadline);
        });
        return this;
    }

    SagaScenario isParked(ParkReason reason) {
        assertThat(last.state())
                .isInstanceOfSatisfying(
                        Parked.class, parked -> assertThat(parked.reason()).isEqualTo(reason));
        assertThat(last.state().nextDeadline()).isEmpty();
        return this;
    }

    /** Asserts that the last input had no effect. */
    SagaScenario isUnchanged() {
        assertThat(last).isInstanceOf(Unchanged.class);
        return this;
    }

    SagaScenario isRefused(Refusal refusal) {
        assertThat(last)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
        return this;
    }

    SagaScenario ends(SagaState.Terminal end) {
        assertThat(last.state()).isEqualTo(end);
        assertThat(last.state().nextDeadline()).isEmpty();
        return this;
    }

    private Moved moved() {
        assertThat(last).isInstanceOf(Moved.class);
        return (Moved) last;
    }

    static Reply completion(OrderId order, SagaStep step) {
        return switch (step) {
            case RESERVE_INVENTORY -> new StockReserved(order);
            case CHARGE_PAYMENT -> new ChargeCaptured(order, "payment-1", Money.euros("123.45"));
            case SCHEDULE_SHIPMENT -> new ShipmentBooked(order, "shipment-1", LocalDate.of(2026, 11, 24));
            case COMMIT_RESERVATION -> new StockCommitted(order);
            case CANCEL_SHIPMENT -> new ShipmentWithdrawn(order);
            case REFUND_PAYMENT -> new ChargeReversed(order, Money.euros("123.45"));
            case RELEASE_INVENTORY -> new StockReleased(order);
        };
    }
}
