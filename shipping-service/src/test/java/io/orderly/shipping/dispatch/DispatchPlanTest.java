package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DispatchPlanTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TOMORROW = TODAY.plusDays(1);
    private static final LocalDate LAST = TODAY.plusDays(2);
    private static final BookingWindow WINDOW = BookingWindow.after(TODAY, 2);
    private static final UUID SHIPMENT = new UUID(7, 7);
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));

    @Test
    void booksTheEarliestDayWithRoom() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 2, 2), day(LAST, 2, 1)));

        assertThat(plan.decide(schedule(ORDER, "DE"))).isEqualTo(new ShipmentBooked(ORDER, SHIPMENT.toString(), LAST));

        assertThat(plan.changedDays()).containsExactly(day(LAST, 2, 2));
        assertThat(plan.newShipments()).containsExactly(shipment(LAST, State.SCHEDULED));
    }

    @Test
    void declinesWhenEveryDayIsFull() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 1, 0), day(LAST, 1, 1)));

        assertThat(plan.decide(schedule(OTHER, "DE"))).isInstanceOf(ShipmentBooked.class);
        assertThat(plan.decide(schedule(ORDER, "DE")))
                .isEqualTo(new StepDeclined(
                        ORDER, SagaStep.SCHEDULE_SHIPMENT, "NO_CAPACITY", "every day to DE is full up to 2026-11-25"));
    }

    @Test
    void declinesAnAddressThatIsNotServed() {
        DispatchPlan plan = plan(List.of());

        assertThat(plan.decide(schedule(ORDER, "AQ")))
                .isEqualTo(new StepDeclined(
                        ORDER, SagaStep.SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED", "no parcels go to AQ"));
        assertThat(plan.newShipments()).isEmpty();
    }

    @Test
    void cancellingGivesTheSlotBack() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 1, 1), day(LAST, 1, 0)), shipment(TOMORROW, State.SCHEDULED));

        assertThat(plan.decide(new CancelShipment(ORDER))).isEqualTo(new ShipmentWithdrawn(ORDER));
        assertThat(plan.cancelledShipments()).containsExactly(shipment(TOMORROW, State.CANCELLED));
        assertThat(plan.changedDays()).containsExactly(day(TOMORROW, 1, 0));

        assertThat(plan.decide(schedule(OTHER, "DE")))
                .isEqualTo(new ShipmentBooked(OTHER, SHIPMENT.toString(), TOMORROW));
        assertThat(plan.changedDays()).isEmpty();
    }

    @Test
    void cancelsOnADayThatHasPassed() {
        DispatchPlan plan = plan(List.of(day(TODAY, 1, 1)), shipment(TODAY, State.SCHEDULED));

        assertThat(plan.decide(new CancelShipment(ORDER))).isEqualTo(new ShipmentWithdrawn(ORDER));
        assertThat(plan.changedDays()).containsExactly(day(TODAY, 1, 0));
    }

    @Test
    void cancellingTwiceOrNothingGivesNothingBack() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 1, 1)), shipment(TOMORROW, State.CANCELLED));

        assertThat(plan.decide(new CancelShipment(ORDER))).isEqualTo(new ShipmentWithdrawn(ORDER));
        assertThat(plan.decide(new CancelShipment(OTHER))).isEqualTo(new ShipmentWithdrawn(OTHER));
        assertThat(plan.changedDays()).isEmpty();
        assertThat(plan.cancelledShipments()).isEmpty();
    }

    @Test
    void bookedAndCancelledInOneBatchIsStoredAsCancelled() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 1, 0), day(LAST, 1, 0)));

        plan.decide(schedule(ORDER, "DE"));
        plan.decide(new CancelShipment(ORDER));

        assertThat(plan.newShipments()).containsExactly(shipment(TOMORROW, State.CANCELLED));
        assertThat(plan.cancelledShipments()).isEmpty();
        assertThat(plan.changedDays()).isEmpty();
    }

    @Test
    void secondShipmentOfAnOrderIsAnError() {
        DispatchPlan plan = plan(List.of(day(TOMORROW, 2, 0), day(LAST, 2, 0)));
        plan.decide(schedule(ORDER, "DE"));
        assertThatIllegalStateException().isThrownBy(() -> plan.decide(schedule(ORDER, "DE")));
    }

    @Test
    void moreThanTheSlotsCannotBeBooked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> day(TOMORROW, 1, 1).book());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> day(TOMORROW, 1, 0).giveBack());
    }

    private static DispatchPlan plan(List<CapacityDay> days, Shipment... shipments) {
        return new DispatchPlan(WINDOW, Set.of("DE"), () -> SHIPMENT, days, List.of(shipments));
    }

    private static CapacityDay day(LocalDate day, int slots, int booked) {
        return new CapacityDay("DE", day, slots, booked);
    }

    private static Shipment shipment(LocalDate shipsOn, State state) {
        return new Shipment(ORDER, SHIPMENT, address("DE"), shipsOn, state);
    }

    private static ScheduleShipment schedule(OrderId order, String region) {
        return new ScheduleShipment(order, address(region));
    }

    private static Address address(String region) {
        return new Address("Ada", "Main Street 1", "Town", "12345", region);
    }
}
