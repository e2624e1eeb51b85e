package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Shipping's part in the saga. A batch of commands costs at most six statements, however many commands it has: open days,
 * lock shipments and days, and write what {@link DispatchPlan} decided.
 */
@Component
class ShipmentHandler implements CommandHandler<ShippingCommand> {

    private final Capacity capacity;
    private final Shipments shipments;
    private final DispatchProperties properties;
    private final InstantSource clock;

    ShipmentHandler(Capacity capacity, Shipments shipments, DispatchProperties properties, InstantSource clock) {
        this.capacity = capacity;
        this.shipments = shipments;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Topic topic() {
        return Topic.SHIPPING_COMMANDS;
    }

    @Override
    public Class<ShippingCommand> commandType() {
        return ShippingCommand.class;
    }

    /** One day is today for the whole batch, though midnight may pass meanwhile. */
    @Override
    public List<StepReply> handle(CommandBatch<ShippingCommand> batch) {
        BookingWindow window = properties.windowAt(clock.instant());
        Set<String> regions = new HashSet<>();
        Set<OrderId> cancelled = new HashSet<>();
        for (ShippingCommand command : batch.commands()) {
            switch (command) {
                case ScheduleShipment schedule -> regions.add(schedule.address().country());
                case CancelShipment cancel -> cancelled.add(cancel.orderId());
            }
        }
        regions.retainAll(properties.slotsPerDay().keySet());
        List<CapacityDay> bookable = regions.stream()
                .flatMap(region -> properties.emptyDays(region, window))
                .toList();

        capacity.open(bookable);
        List<Shipment> known = shipments.lock(cancelled);
        Stream<CapacityDay.Key> days = Stream.concat(
                bookable.stream().map(CapacityDay::key), known.stream().map(Shipment::slot));
        var plan = new DispatchPlan(
                window,
                properties.slotsPerDay().keySet(),
                UUID::randomUUID,
                capacity.lock(days.distinct().toList()),
                known);
        List<StepReply> replies = batch.commands().stream().map(plan::decide).toList();

        capacity.update(plan.changedDays());
        shipments.insert(plan.newShipments());
        shipments.updateStates(plan.cancelledShipments());
        return replies;
    }
}
