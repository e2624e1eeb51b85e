package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.shipping.dispatch.Shipment.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random commands of a dozen orders to two regions with few slots, in batches of any size, a day later with each batch. */
class DispatchPlanPropertyTest {

    private static final LocalDate START = LocalDate.of(2026, 12, 29);
    private static final Map<String, Integer> SLOTS = Map.of("AT", 1, "BE", 2);
    private static final int HORIZON_DAYS = 3;

    @Property
    void everyScheduledShipmentHoldsOneSlotAndNoDayIsOverbooked(
            @ForAll("commands") List<ShippingCommand> commands, @ForAll @IntRange(min = 1, max = 40) int batchSize) {
        Store store = new Store();

        store.run(commands, batchSize);

        for (CapacityDay day : store.days.values()) {
            assertThat(day.booked()).isLessThanOrEqualTo(SLOTS.get(day.region()));
            assertThat(store.shipments.values().stream()
                            .filter(shipment -> shipment.state() == State.SCHEDULED)
                            .filter(shipment -> shipment.slot().equals(day.key())))
                    .hasSize(day.booked());
        }
    }

    @Property
    void takesTheEarliestFreeDayAndDeclinesOnlyWhenThereIsNone(@ForAll("commands") List<ShippingCommand> commands) {
        Store store = new Store();
        for (ShippingCommand command : commands) {
            BookingWindow window = store.window();
            Map<CapacityDay.Key, CapacityDay> before = Map.copyOf(store.days);

            StepReply reply = store.run(List.of(command), 1).getFirst();

            if (command instanceof ScheduleShipment schedule) {
                String region = schedule.address().country();
                LocalDate earliest = window.days()
                        .filter(day -> {
                            CapacityDay known = before.get(new CapacityDay.Key(region, day));
                            return known == null || known.booked() < known.slots();
                        })
                        .findFirst()
                        .orElse(null);
                if (earliest == null) {
                    assertThat(reply).isInstanceOf(StepDeclined.class);
                } else {
                    assertThat(((ShipmentBooked) reply).shipsOn()).isEqualTo(earliest);
                }
            }
        }
    }

    /** What may reach the plan: any order of commands, but a schedule at most once and never after its cancellation. */
    @Provide
    Arbitrary<List<ShippingCommand>> commands() {
        Arbitrary<OrderId> orders = Arbitraries.integers().between(1, 12).map(n -> new OrderId(new UUID(0, n)));
        Arbitrary<ShippingCommand> schedule = Combinators.combine(orders, Arbitraries.of(SLOTS.keySet()))
                .as((order, region) -> new ScheduleShipment(order, new Address("Ada", "Street", "Town", "1", region)));
        return Arbitraries.oneOf(schedule, orders.map(CancelShipment::new))
                .list()
                .ofMaxSize(40)
                .map(DispatchPlanPropertyTest::admissible);
    }

    private static List<ShippingCommand> admissible(List<ShippingCommand> commands) {
        List<ShippingCommand> admitted = new ArrayList<>();
        for (ShippingCommand command : commands) {
            boolean seen =
                    admitted.stream().anyMatch(earlier -> earlier.orderId().equals(command.orderId()));
            if (!(command instanceof ScheduleShipment && seen)) {
                admitted.add(command);
            }
        }
        return admitted;
    }

    /** Stands for the two tables and the calendar. */
    private static final class Store {

        private final Map<CapacityDay.Key, CapacityDay> days = new HashMap<>();
        private final Map<OrderId, Shipment> shipments = new HashMap<>();
        private LocalDate today = START;

        BookingWindow window() {
            return BookingWindow.after(today, HORIZON_DAYS);
        }

        List<StepReply> run(List<ShippingCommand> commands, int batchSize) {
            List<StepReply> replies = new ArrayList<>();
            for (int from = 0; from < commands.size(); from += batchSize) {
                SLOTS.forEach((region, slots) -> window().days()
                        .map(day -> new CapacityDay(region, day, slots, 0))
                        .forEach(day -> days.putIfAbsent(day.key(), day)));
                DispatchPlan plan =
                        new DispatchPlan(window(), SLOTS.keySet(), UUID::randomUUID, days.values(), shipments.values());
                commands.subList(from, Math.min(from + batchSize, commands.size())).stream()
                        .map(plan::decide)
                        .forEach(replies::add);
                plan.changedDays().forEach(day -> days.put(day.key(), day));
                plan.newShipments().forEach(shipment -> shipments.put(shipment.orderId(), shipment));
                plan.cancelledShipments().forEach(shipment -> shipments.put(shipment.orderId(), shipment));
                today = today.plusDays(1);
            }
            return replies;
        }
    }
}
