package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.shipping.dispatch.Shipment.State;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShipmentHandlerTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TOMORROW = TODAY.plusDays(1);
    private static final LocalDate LAST = TODAY.plusDays(2);
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));
    private static final OrderId THIRD = new OrderId(new UUID(1, 3));

    private final InMemoryShipping shipping = new InMemoryShipping(Map.of("DE", 1), 2, TODAY);

    @Test
    void aShipmentIsBookedOnTheEarliestFreeDay() {
        shipping.handle(schedule(OTHER, "DE"));

        assertThat(shipping.handle(schedule(ORDER, "DE"))).containsExactly(booked(ORDER, LAST));

        assertThat(bookedOn(TOMORROW)).isEqualTo(1);
        assertThat(bookedOn(LAST)).isEqualTo(1);
        assertThat(shipment(ORDER).shipsOn()).isEqualTo(LAST);
        assertThat(shipment(ORDER).state()).isEqualTo(State.SCHEDULED);
        assertThat(shipment(ORDER).address()).isEqualTo(address("DE"));
    }

    @Test
    void aShipmentIsDeclinedWhenAllDaysAreFull() {
        assertThat(shipping.handle(schedule(OTHER, "DE"), schedule(THIRD, "DE"), schedule(ORDER, "DE")))
                .containsExactly(
                        booked(OTHER, TOMORROW),
                        booked(THIRD, LAST),
                        new StepDeclined(
                                ORDER,
                                SagaStep.SCHEDULE_SHIPMENT,
                                "NO_CAPACITY",
                                "all days for DE are full up to 2026-11-25"));
        assertThat(shipping.shipments).doesNotContainKey(ORDER);
    }

    @Test
    void anAddressThatIsNotServedIsDeclined() {
        assertThat(shipping.handle(schedule(ORDER, "AQ")))
                .containsExactly(new StepDeclined(
                        ORDER, SagaStep.SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED", "no shipments to AQ"));
        assertThat(shipping.shipments).isEmpty();
        assertThat(shipping.days).isEmpty();
    }

    @Test
    void cancellingReleasesTheSlot() {
        shipping.handle(schedule(ORDER, "DE"));

        assertThat(shipping.handle(new CancelShipment(ORDER))).containsExactly(new ShipmentWithdrawn(ORDER));

        assertThat(shipment(ORDER).state()).isEqualTo(State.CANCELLED);
        assertThat(bookedOn(TOMORROW)).isZero();
        assertThat(shipping.handle(schedule(OTHER, "DE"))).containsExactly(booked(OTHER, TOMORROW));
    }

    @Test
    void aReleasedSlotCanBeBookedInTheSameBatch() {
        shipping.handle(schedule(ORDER, "DE"));

        assertThat(shipping.handle(new CancelShipment(ORDER), schedule(OTHER, "DE")))
                .containsExactly(new ShipmentWithdrawn(ORDER), booked(OTHER, TOMORROW));

        assertThat(bookedOn(TOMORROW)).isEqualTo(1);
        assertThat(bookedOn(LAST)).isZero();
    }

    @Test
    void aShipmentOfAPastDayCanBeCancelled() {
        shipping.handle(schedule(ORDER, "DE"));
        shipping.today = LAST.plusDays(10);

        assertThat(shipping.handle(new CancelShipment(ORDER))).containsExactly(new ShipmentWithdrawn(ORDER));

        assertThat(bookedOn(TOMORROW)).isZero();
    }

    @Test
    void cancellingTwiceOrWithoutAShipmentReleasesNothing() {
        shipping.handle(schedule(ORDER, "DE"), new CancelShipment(ORDER), schedule(THIRD, "DE"));

        assertThat(shipping.handle(new CancelShipment(ORDER), new CancelShipment(OTHER)))
                .containsExactly(new ShipmentWithdrawn(ORDER), new ShipmentWithdrawn(OTHER));

        assertThat(bookedOn(TOMORROW)).isEqualTo(1);
        assertThat(shipment(ORDER).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aShipmentBookedAndCancelledInOneBatchIsStoredAsCancelled() {
        shipping.handle(schedule(ORDER, "DE"), new CancelShipment(ORDER));

        assertThat(shipment(ORDER).shipsOn()).isEqualTo(TOMORROW);
        assertThat(shipment(ORDER).state()).isEqualTo(State.CANCELLED);
        assertThat(bookedOn(TOMORROW)).isZero();
    }

    @Test
    void aSecondShipmentOfAnOrderIsRejected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shipping.handle(schedule(ORDER, "DE"), schedule(ORDER, "DE")));
    }

    @Test
    void aDayCannotBeOverbooked() {
        CapacityDay full = new CapacityDay("DE", TOMORROW, 1);
        full.book();

        assertThatIllegalStateException().isThrownBy(full::book);
        assertThatIllegalStateException().isThrownBy(new CapacityDay("DE", TOMORROW, 1)::release);
        assertThat(full.booked()).isEqualTo(1);
    }

    /** The expected reply; only the id of the shipment is taken from the stored one. */
    private ShipmentBooked booked(OrderId order, LocalDate day) {
        return new ShipmentBooked(order, shipment(order).shipmentId().toString(), day);
    }

    private Shipment shipment(OrderId order) {
        return Objects.requireNonNull(shipping.shipments.get(order));
    }

    private int bookedOn(LocalDate day) {
        return Objects.requireNonNull(shipping.days.get(new CapacityDay.Key("DE", day)))
                .booked();
    }

    private static ScheduleShipment schedule(OrderId order, String region) {
        return new ScheduleShipment(order, address(region));
    }

    private static Address address(String region) {
        return new Address("Ada", "Main Street 1", "Town", "12345", region);
    }
}
