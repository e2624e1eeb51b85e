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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Random commands of twelve orders to two regions with few slots, in batches of any size, with one day between batches.
 */
class ShipmentHandlerPropertyTest {

    private static final LocalDate START = LocalDate.of(2026, 12, 29);
    private static final Map<String, Integer> SLOTS = Map.of("AT", 1, "BE", 2);
    private static final int HORIZON_DAYS = 3;

    @Property
    void everyScheduledShipmentHoldsOneSlotAndNoDayIsOverbooked(
            @ForAll("commands") List<ShippingCommand> commands, @ForAll @IntRange(min = 1, max = 40) int batchSize) {
        InMemoryShipping shipping = shipping();

        run(shipping, commands, batchSize);

        for (CapacityDay day : shipping.days.values()) {
            assertThat(day.booked()).isLessThanOrEqualTo(SLOTS.get(day.region()));
            assertThat(shipping.scheduledOn(day.key())).isEqualTo(day.booked());
        }
    }

    @Property
    void bookingTakesTheEarliestFreeDayAndIsDeclinedOnlyIfThereIsNone(
            @ForAll("commands") List<ShippingCommand> commands) {
        InMemoryShipping shipping = shipping();
        for (ShippingCommand command : commands) {
            BookingWindow window = shipping.window();
            Set<CapacityDay.Key> full = shipping.days.values().stream()
                    .filter(day -> day.booked() == SLOTS.get(day.region()))
                    .map(CapacityDay::key)
                    .collect(Collectors.toSet());

            StepReply reply = run(shipping, List.of(command), 1).getFirst();

            if (command instanceof ScheduleShipment schedule) {
                String region = schedule.address().country();
                LocalDate earliest = window.days()
                        .filter(day -> !full.contains(new CapacityDay.Key(region, day)))
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

    /**
     * Commands that the kit passes to the handler: in any order, but a schedule command at most once and never after
     * its cancellation.
     */
    @Provide
    Arbitrary<List<ShippingCommand>> commands() {
        Arbitrary<OrderId> orders = Arbitraries.integers().between(1, 12).map(n -> new OrderId(new UUID(0, n)));
        Arbitrary<ShippingCommand> schedule = Combinators.combine(orders, Arbitraries.of(SLOTS.keySet()))
                .as((order, region) -> new ScheduleShipment(order, new Address("Ada", "Street", "Town", "1", region)));
        return Arbitraries.oneOf(schedule, orders.map(CancelShipment::new))
                .list()
                .ofMaxSize(40)
                .map(ShipmentHandlerPropertyTest::admissible);
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

    private static InMemoryShipping shipping() {
        return new InMemoryShipping(SLOTS, HORIZON_DAYS, START);
    }

    private static List<StepReply> run(InMemoryShipping shipping, List<ShippingCommand> commands, int batchSize) {
        List<StepReply> replies = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += batchSize) {
            replies.addAll(shipping.handle(commands.subList(from, Math.min(from + batchSize, commands.size()))));
            shipping.today = shipping.today.plusDays(1);
        }
        return replies;
    }
}
