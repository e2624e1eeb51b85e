package io.orderly.order.saga;

import static io.orderly.contracts.SagaStep.CANCEL_SHIPMENT;
import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.contracts.SagaStep.COMMIT_RESERVATION;
import static io.orderly.contracts.SagaStep.REFUND_PAYMENT;
import static io.orderly.contracts.SagaStep.RELEASE_INVENTORY;
import static io.orderly.contracts.SagaStep.RESERVE_INVENTORY;
import static io.orderly.contracts.SagaStep.SCHEDULE_SHIPMENT;
import static io.orderly.order.saga.SagaFixtures.FIRST_DEADLINE;
import static io.orderly.order.saga.SagaFixtures.LONGEST_DEADLINE;
import static io.orderly.order.saga.SagaScenario.awaiting;
import static io.orderly.order.saga.SagaScenario.orderPlaced;

import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.InventoryReleased;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.PaymentRefunded;
import io.orderly.contracts.event.ShipmentCancelled;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Compensate;
import io.orderly.order.saga.SagaInput.Park;
import io.orderly.order.saga.SagaInput.ReplyDeadLettered;
import io.orderly.order.saga.SagaInput.Retry;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Rejected;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderSagaTest {

    private static final Rejected TIMED_OUT_AT_PAYMENT =
            new Rejected(new Cause("STEP_TIMED_OUT", "CHARGE_PAYMENT got no reply before its deadline."));
    private static final Cancelled CANCELLED =
            new Cancelled(new Cause("CANCELLED_BY_CUSTOMER", "The customer cancelled the order."));
    private static final Rejected GIVEN_UP =
            new Rejected(new Cause("GIVEN_UP_BY_OPERATOR", "An operator gave up the order."));

    @Test
    void executesTheStepsInOrderUntilTheOrderIsConfirmed() {
        orderPlaced()
                .sends(RESERVE_INVENTORY)
                .publishes(OrderPlaced.class)
                .awaits(RESERVE_INVENTORY, 1, FIRST_DEADLINE)
                .onCompleted(RESERVE_INVENTORY)
                .sends(CHARGE_PAYMENT)
                .publishes(InventoryReserved.class)
                .awaits(CHARGE_PAYMENT, 1, FIRST_DEADLINE)
                .onCompleted(CHARGE_PAYMENT)
                .sends(SCHEDULE_SHIPMENT)
                .publishes(PaymentCharged.class)
                .onCompleted(SCHEDULE_SHIPMENT)
                .sends(COMMIT_RESERVATION)
                .publishes(ShipmentScheduled.class)
                .onCompleted(COMMIT_RESERVATION)
                .publishes(OrderConfirmed.class)
                .ends(new Confirmed());
    }

    @Nested
    class WhenAStepIsDeclined {

        @Test
        void rejectsImmediatelyIfNoStepWasCompleted() {
            awaiting(RESERVE_INVENTORY)
                    .onDeclined(RESERVE_INVENTORY, "OUT_OF_STOCK")
                    .publishes(OrderRejected.class)
                    .ends(new Rejected(new Cause("OUT_OF_STOCK", "because")));
        }

        @Test
        void compensatesOnlyTheStepsBeforeTheDeclinedStep() {
            awaiting(CHARGE_PAYMENT)
                    .onDeclined(CHARGE_PAYMENT, "INSUFFICIENT_FUNDS")
                    .sends(RELEASE_INVENTORY)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(new Rejected(new Cause("INSUFFICIENT_FUNDS", "because")));
        }

        @Test
        void compensatesInReverseOrderOneStepAtATime() {
            awaiting(SCHEDULE_SHIPMENT)
                    .onDeclined(SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED")
                    .sends(REFUND_PAYMENT)
                    .awaits(REFUND_PAYMENT, 1, FIRST_DEADLINE)
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(PaymentRefunded.class)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(new Rejected(new Cause("ADDRESS_NOT_SERVED", "because")));
        }
    }

    @Nested
    class WhenTheOutcomeOfAStepIsUnknown {

        @Test
        void compensatesTheTimedOutStepToo() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadline()
                    .sends(REFUND_PAYMENT)
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(PaymentRefunded.class)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(TIMED_OUT_AT_PAYMENT);
        }

        @Test
        void cancelsAShipmentWhoseBookingMayStillArrive() {
            awaiting(SCHEDULE_SHIPMENT)
                    .onDeadline()
                    .sends(CANCEL_SHIPMENT)
                    .onCompleted(SCHEDULE_SHIPMENT)
                    .isUnchanged()
                    .onCompleted(CANCEL_SHIPMENT)
                    .sends(REFUND_PAYMENT)
                    .publishes(ShipmentCancelled.class);
        }

        @Test
        void compensatesARefusedStepToo() {
            awaiting(CHARGE_PAYMENT)
                    .onRefused(CHARGE_PAYMENT, "ALREADY_COMPENSATED")
                    .sends(REFUND_PAYMENT)
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(PaymentRefunded.class)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(new Rejected(new Cause("ALREADY_COMPENSATED", "because")));
        }

        @Test
        void doesNotTimeOutBeforeTheDeadline() {
            awaiting(CHARGE_PAYMENT)
                    .onTimePassed(FIRST_DEADLINE.minusMillis(1))
                    .isUnchanged()
                    .onTimePassed(Duration.ofMillis(1))
                    .sends(REFUND_PAYMENT);
        }
    }

    @Nested
    class WhenAStepCanOnlyBeRetried {

        @Test
        void retriesAStepAfterThePivotWithBackoffUntilItCompletes() {
            awaiting(COMMIT_RESERVATION)
                    .onDeadline()
                    .sends(COMMIT_RESERVATION)
                    .awaits(COMMIT_RESERVATION, 2, Duration.ofSeconds(20))
                    .onDeadline()
                    .sends(COMMIT_RESERVATION)
                    .awaits(COMMIT_RESERVATION, 3, Duration.ofSeconds(40))
                    .onDeadline()
                    .sends(COMMIT_RESERVATION)
                    .awaits(COMMIT_RESERVATION, 4, LONGEST_DEADLINE)
                    .onDeadline()
                    .sends(COMMIT_RESERVATION)
                    .awaits(COMMIT_RESERVATION, 5, LONGEST_DEADLINE)
                    .onCompleted(COMMIT_RESERVATION)
                    .publishes(OrderConfirmed.class)
                    .ends(new Confirmed());
        }

        @Test
        void retriesACompensationUntilItCompletes() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadline()
                    .sends(REFUND_PAYMENT)
                    .onDeadline()
                    .sends(REFUND_PAYMENT)
                    .awaits(REFUND_PAYMENT, 2, Duration.ofSeconds(20))
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(PaymentRefunded.class)
                    .awaits(RELEASE_INVENTORY, 1, FIRST_DEADLINE);
        }

        @Test
        void parksIfAStepAfterThePivotIsRefused() {
            awaiting(COMMIT_RESERVATION)
                    .onRefused(COMMIT_RESERVATION, "ALREADY_COMPENSATED")
                    .publishes(new OrderParked(
                            SagaFixtures.anOrder().id(), "COMPLETION_FAILED", "ALREADY_COMPENSATED: because"))
                    .isParked(ParkReason.COMPLETION_FAILED)
                    .on(new Compensate(""))
                    .isRefused(Refusal.PIVOT_PASSED)
                    .onCancellation()
                    .isRefused(Refusal.PIVOT_PASSED)
                    .on(new Retry(""))
                    .sends(COMMIT_RESERVATION)
                    .publishes(OrderResumed.class);
        }

        @Test
        void parksIfACompensationIsRefused() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadline()
                    .sends(REFUND_PAYMENT)
                    .onRefused(REFUND_PAYMENT, "PROVIDER_SAYS_NO")
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.COMPENSATION_FAILED)
                    .onRefused(REFUND_PAYMENT, "PROVIDER_SAYS_NO")
                    .isUnchanged()
                    .onTimePassed(Duration.ofDays(1))
                    .isUnchanged()
                    .on(new Retry(""))
                    .sends(REFUND_PAYMENT)
                    .publishes(OrderResumed.class)
                    .awaits(REFUND_PAYMENT, 2, Duration.ofSeconds(20))
                    .onDeclined(REFUND_PAYMENT, "PROVIDER_SAYS_NO")
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.COMPENSATION_FAILED)
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(OrderResumed.class, PaymentRefunded.class)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(TIMED_OUT_AT_PAYMENT);
        }
    }

    @Nested
    class WhenACommandIsDeadLettered {

        @Test
        void parksAndResumesWhenTheReplayedCommandIsAnswered() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadLettered(Topic.PAYMENT_COMMANDS)
                    .publishes(
                            new OrderParked(SagaFixtures.anOrder().id(), "DEAD_LETTERED", "payment.commands: poison"))
                    .isParked(ParkReason.DEAD_LETTERED)
                    .onTimePassed(Duration.ofDays(1))
                    .isUnchanged()
                    .onDeadLettered(Topic.PAYMENT_COMMANDS)
                    .isUnchanged()
                    .onCompleted(CHARGE_PAYMENT)
                    .sends(SCHEDULE_SHIPMENT)
                    .publishes(OrderResumed.class, PaymentCharged.class)
                    .awaits(SCHEDULE_SHIPMENT, 1, FIRST_DEADLINE);
        }

        @Test
        void compensatesWhenTheReplayedCommandIsDeclined() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadLettered(Topic.PAYMENT_COMMANDS)
                    .publishes(OrderParked.class)
                    .onDeclined(CHARGE_PAYMENT, "INSUFFICIENT_FUNDS")
                    .sends(RELEASE_INVENTORY)
                    .publishes(OrderResumed.class);
        }

        @Test
        void parksAfterThePivotAndInCompensationToo() {
            awaiting(COMMIT_RESERVATION)
                    .onDeadLettered(Topic.INVENTORY_COMMANDS)
                    .publishes(OrderParked.class)
                    .onCompleted(COMMIT_RESERVATION)
                    .publishes(OrderResumed.class, OrderConfirmed.class)
                    .ends(new Confirmed());
            awaiting(RESERVE_INVENTORY)
                    .onDeadline()
                    .sends(RELEASE_INVENTORY)
                    .onDeadLettered(Topic.INVENTORY_COMMANDS)
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.DEAD_LETTERED)
                    .onRefused(RELEASE_INVENTORY, "NO")
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.COMPENSATION_FAILED);
        }

        @Test
        void parksIfAReplyIsDeadLetteredAndResumesWhenItIsReplayed() {
            awaiting(RESERVE_INVENTORY)
                    .on(new ReplyDeadLettered("poison"))
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.DEAD_LETTERED)
                    .on(new ReplyDeadLettered("poison"))
                    .isUnchanged()
                    .onCompleted(RESERVE_INVENTORY)
                    .sends(CHARGE_PAYMENT)
                    .publishes(OrderResumed.class, InventoryReserved.class);
        }

        @Test
        void ignoresDeadLettersOfOtherParticipants() {
            awaiting(CHARGE_PAYMENT).onDeadLettered(Topic.INVENTORY_COMMANDS).isUnchanged();
        }
    }

    @Nested
    class WhenTheCustomerCancels {

        @Test
        void compensatesTheStepInProgressToo() {
            awaiting(CHARGE_PAYMENT)
                    .onCancellation()
                    .sends(REFUND_PAYMENT)
                    .onCancellation()
                    .isUnchanged()
                    .onCompleted(REFUND_PAYMENT)
                    .sends(RELEASE_INVENTORY)
                    .publishes(PaymentRefunded.class)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderCancelled.class)
                    .ends(CANCELLED)
                    .onCancellation()
                    .isUnchanged();
        }

        @ParameterizedTest
        @EnumSource(names = {"RESERVE_INVENTORY", "CHARGE_PAYMENT", "SCHEDULE_SHIPMENT"})
        void compensatesUntilThePivot(SagaStep step) {
            awaiting(step)
                    .onCancellation()
                    .sends(SagaDefinition.compensationsThrough(step).getFirst());
        }

        @Test
        void refusesOnceTheShipmentIsScheduled() {
            awaiting(COMMIT_RESERVATION)
                    .onCancellation()
                    .isRefused(Refusal.PIVOT_PASSED)
                    .onCompleted(COMMIT_RESERVATION)
                    .publishes(OrderConfirmed.class)
                    .onCancellation()
                    .isRefused(Refusal.ENDED);
        }

        @Test
        void refusesOnceTheOrderIsBeingRejected() {
            awaiting(CHARGE_PAYMENT)
                    .onDeclined(CHARGE_PAYMENT, "INSUFFICIENT_FUNDS")
                    .sends(RELEASE_INVENTORY)
                    .onCancellation()
                    .isRefused(Refusal.ALREADY_REJECTING)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .onCancellation()
                    .isRefused(Refusal.ENDED);
        }

        @Test
        void resumesAParkedSaga() {
            awaiting(CHARGE_PAYMENT)
                    .onDeadLettered(Topic.PAYMENT_COMMANDS)
                    .publishes(OrderParked.class)
                    .onCancellation()
                    .sends(REFUND_PAYMENT)
                    .publishes(OrderResumed.class)
                    .onDeadLettered(Topic.PAYMENT_COMMANDS)
                    .publishes(OrderParked.class)
                    .onCancellation()
                    .isUnchanged()
                    .isParked(ParkReason.DEAD_LETTERED);
        }
    }

    @Nested
    class WhenAnOperatorIntervenes {

        @Test
        void parksTheSagaUntilTheOperatorRetries() {
            awaiting(CHARGE_PAYMENT)
                    .on(new Park(""))
                    .publishes(OrderParked.class)
                    .isParked(ParkReason.PARKED_BY_OPERATOR)
                    .on(new Park(""))
                    .isRefused(Refusal.ALREADY_PARKED)
                    .onCompleted(CHARGE_PAYMENT)
                    .isUnchanged()
                    .on(new Retry(""))
                    .sends(CHARGE_PAYMENT)
                    .publishes(OrderResumed.class)
                    .awaits(CHARGE_PAYMENT, 2, Duration.ofSeconds(20))
                    .onCompleted(CHARGE_PAYMENT)
                    .sends(SCHEDULE_SHIPMENT)
                    .publishes(PaymentCharged.class);
        }

        @Test
        void compensatesARunningSaga() {
            awaiting(RESERVE_INVENTORY)
                    .on(new Compensate(""))
                    .sends(RELEASE_INVENTORY)
                    .on(new Compensate(""))
                    .isRefused(Refusal.ALREADY_COMPENSATING)
                    .onCompleted(RELEASE_INVENTORY)
                    .publishes(InventoryReleased.class, OrderRejected.class)
                    .ends(GIVEN_UP);
        }

        @Test
        void compensatesAParkedSaga() {
            awaiting(SCHEDULE_SHIPMENT)
                    .on(new Park(""))
                    .publishes(OrderParked.class)
                    .on(new Compensate(""))
                    .sends(CANCEL_SHIPMENT)
                    .publishes(OrderResumed.class);
        }

        @Test
        void refusesToCompensateAfterThePivotAndToRetryARunningSaga() {
            awaiting(COMMIT_RESERVATION)
                    .on(new Compensate(""))
                    .isRefused(Refusal.PIVOT_PASSED)
                    .on(new Retry(""))
                    .isRefused(Refusal.NOT_PARKED);
        }

        @Test
        void cannotChangeAnEndedSaga() {
            awaiting(RESERVE_INVENTORY)
                    .onDeclined(RESERVE_INVENTORY, "OUT_OF_STOCK")
                    .publishes(OrderRejected.class)
                    .on(new Retry(""))
                    .isRefused(Refusal.ENDED)
                    .on(new Park(""))
                    .isRefused(Refusal.ENDED)
                    .on(new Compensate(""))
                    .isRefused(Refusal.ENDED)
                    .on(new CancellationRequested())
                    .isRefused(Refusal.ENDED);
        }
    }

    @Nested
    class WhenRepliesAreStaleRepeatedOrOutOfOrder {

        @ParameterizedTest
        @EnumSource
        void ignoresRepliesThatAreNotAwaited(SagaStep step) {
            for (SagaStep awaited : SagaStep.values()) {
                if (awaited.isCompensation() || awaited == step) {
                    continue;
                }
                awaiting(awaited)
                        .onCompleted(step)
                        .isUnchanged()
                        .onDeclined(step, "NO")
                        .isUnchanged()
                        .onRefused(step, "NO")
                        .isUnchanged()
                        .awaits(awaited, 1, FIRST_DEADLINE);
            }
        }

        @Test
        void ignoresAllRepliesAfterTheEnd() {
            SagaScenario scenario = awaiting(RESERVE_INVENTORY)
                    .onDeclined(RESERVE_INVENTORY, "OUT_OF_STOCK")
                    .publishes(OrderRejected.class);
            for (SagaStep step : SagaStep.values()) {
                scenario.onCompleted(step)
                        .isUnchanged()
                        .onDeclined(step, "NO")
                        .isUnchanged()
                        .onRefused(step, "NO")
                        .isUnchanged();
            }
            scenario.onDeadLettered(Topic.INVENTORY_COMMANDS)
                    .isUnchanged()
                    .onTimePassed(Duration.ofDays(1))
                    .isUnchanged();
        }
    }
}
