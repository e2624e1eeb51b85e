package io.orderly.order.saga;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.contracts.SagaStep.COMMIT_RESERVATION;
import static io.orderly.contracts.SagaStep.REFUND_PAYMENT;
import static io.orderly.contracts.SagaStep.RELEASE_INVENTORY;
import static io.orderly.contracts.SagaStep.RESERVE_INVENTORY;
import static io.orderly.contracts.SagaStep.SCHEDULE_SHIPMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Command;
import io.orderly.contracts.Money;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Compensate;
import io.orderly.order.saga.SagaInput.Park;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.Retry;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SagaDefinitionTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private final SagaOrder order = SagaFixtures.anOrder();
    private final OrderSaga old = new OrderSaga(
            new SagaDefinition(1, RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT, COMMIT_RESERVATION),
            SagaFixtures.DEADLINES);
    private final OrderSaga chargingFirst = new OrderSaga(
            new SagaDefinition(2, CHARGE_PAYMENT, RESERVE_INVENTORY, SCHEDULE_SHIPMENT, COMMIT_RESERVATION),
            SagaFixtures.DEADLINES);

    /** Sagas that began on it may still run. Add another definition instead. */
    @Test
    void aReleasedDefinitionIsNotChanged() {
        assertThat(SagaDefinition.numbered(1).map(SagaDefinition::steps))
                .contains(List.of(RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT, COMMIT_RESERVATION));
    }

    @Test
    void aSagaBeginsOnADefinitionThatIsKnownByItsNumber() {
        SagaDefinition current = SagaDefinition.current();

        assertThat(SagaDefinition.numbered(current.number())).containsSame(current);
        assertThat(SagaDefinition.numbered(current.number() + 1)).isEmpty();
    }

    @Test
    void sagasGoOnOnTheDefinitionOnWhichTheyBegan() {
        assertThat(commands(old.start(order, NOW))).containsExactly(RESERVE_INVENTORY);
        assertThat(commands(reply(old, RESERVE_INVENTORY, new StockReserved(order.id()))))
                .containsExactly(CHARGE_PAYMENT);
        assertThat(commands(reply(old, CHARGE_PAYMENT, charged()))).containsExactly(SCHEDULE_SHIPMENT);

        assertThat(commands(chargingFirst.start(order, NOW))).containsExactly(CHARGE_PAYMENT);
        assertThat(commands(reply(chargingFirst, CHARGE_PAYMENT, charged()))).containsExactly(RESERVE_INVENTORY);
        assertThat(commands(reply(chargingFirst, RESERVE_INVENTORY, new StockReserved(order.id()))))
                .containsExactly(SCHEDULE_SHIPMENT);
    }

    @Test
    void sagasAreCompensatedOnTheDefinitionOnWhichTheyBegan() {
        var declined = new StepDeclined(order.id(), SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED", "far away");

        assertThat(reply(old, SCHEDULE_SHIPMENT, declined).state())
                .extracting("remaining")
                .isEqualTo(List.of(REFUND_PAYMENT, RELEASE_INVENTORY));
        assertThat(reply(chargingFirst, SCHEDULE_SHIPMENT, declined).state())
                .extracting("remaining")
                .isEqualTo(List.of(RELEASE_INVENTORY, REFUND_PAYMENT));
    }

    static List<SagaInput> messagesAndTime() {
        return List.of(new Replied(charged()), new SagaInput.ReplyDeadLettered("unreadable"), new TimePassed());
    }

    static List<SagaInput> requests() {
        return List.of(new CancellationRequested(), new Retry(""), new Park(""), new Compensate(""));
    }

    @ParameterizedTest
    @MethodSource("messagesAndTime")
    void aSagaOnAnUnknownDefinitionIsParked(SagaInput input) {
        var state = new Forward(CHARGE_PAYMENT, 1, NOW);

        Transition parked = OrderSaga.onUnknownDefinition(7, order, state, input);

        assertThat(parked).isInstanceOf(Moved.class);
        assertThat(parked.state())
                .isEqualTo(new Parked(ParkReason.UNKNOWN_DEFINITION, "Its steps are those of definition 7.", state));
        assertThat(OrderSaga.onUnknownDefinition(7, order, parked.state(), input))
                .isInstanceOf(Unchanged.class);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void nothingCanBeRequestedOfASagaOnAnUnknownDefinition(SagaInput request) {
        var active = new Forward(CHARGE_PAYMENT, 1, NOW);
        var parked = new Parked(ParkReason.UNKNOWN_DEFINITION, "", active);

        assertThat(OrderSaga.onUnknownDefinition(7, order, active, request))
                .isEqualTo(new Refused(active, Refusal.UNKNOWN_DEFINITION));
        assertThat(OrderSaga.onUnknownDefinition(7, order, parked, request))
                .isEqualTo(new Refused(parked, Refusal.UNKNOWN_DEFINITION));
        assertThat(OrderSaga.onUnknownDefinition(7, order, new Confirmed(), request))
                .isEqualTo(old.on(order, new Confirmed(), request, NOW));
    }

    @Test
    void aVersionThatKnowsTheDefinitionResumesTheSaga() {
        var parked = new Parked(ParkReason.UNKNOWN_DEFINITION, "", new Forward(CHARGE_PAYMENT, 1, NOW));

        assertThat(commands(old.on(order, parked, new Retry(""), NOW))).containsExactly(CHARGE_PAYMENT);
        assertThat(commands(old.on(order, parked, new Replied(charged()), NOW))).containsExactly(SCHEDULE_SHIPMENT);
    }

    private Transition reply(OrderSaga saga, SagaStep awaited, Reply reply) {
        return saga.on(order, new Forward(awaited, 1, NOW), new Replied(reply), NOW);
    }

    private static ChargeCaptured charged() {
        return new ChargeCaptured(SagaFixtures.anOrder().id(), "payment-1", Money.euros("25.00"));
    }

    private static List<SagaStep> commands(Transition transition) {
        return ((Moved) transition).commands().stream().map(Command::step).toList();
    }
}
