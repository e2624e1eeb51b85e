package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Handles the saga's shipping commands. A batch needs two locking queries and one round trip per changed table,
 * independent of the number of commands; the first batch of a day also opens days.
 */
@Component
class ShipmentHandler implements CommandHandler<ShippingCommand> {

    private final CapacityDayOpener opener;
    private final CapacityDays days;
    private final Shipments shipments;
    private final DispatchProperties properties;
    private final InstantSource clock;

    ShipmentHandler(
            CapacityDayOpener opener,
            CapacityDays days,
            Shipments shipments,
            DispatchProperties properties,
            InstantSource clock) {
        this.opener = opener;
        this.days = days;
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

    /** The date is determined once per batch, even if midnight passes while the batch is handled. */
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

        opener.open(bookable);
        Map<OrderId, Shipment> shipmentsByOrder = new HashMap<>();
        shipments.lock(cancelled).forEach(known -> shipmentsByOrder.put(known.orderId(), known));
        Map<CapacityDay.Key, CapacityDay> capacity = lock(Stream.concat(
                bookable.stream().map(CapacityDay::key),
                shipmentsByOrder.values().stream().map(Shipment::slot)));

        List<StepReply> replies = batch.commands().stream()
                .map(command -> switch (command) {
                    case ScheduleShipment schedule -> schedule(schedule, window, capacity, shipmentsByOrder);
                    case CancelShipment cancel -> cancel(cancel, capacity, shipmentsByOrder);
                })
                .toList();

        shipments.saveAll(
                shipmentsByOrder.values().stream().filter(Shipment::isNew).toList());
        return replies;
    }

    /**
     * Locks all days from the earliest to the latest of these keys, in each of their regions: one range of the primary
     * key.
     */
    private Map<CapacityDay.Key, CapacityDay> lock(Stream<CapacityDay.Key> keys) {
        Set<String> regions = new HashSet<>();
        TreeSet<LocalDate> dates = new TreeSet<>();
        keys.forEach(key -> {
            regions.add(key.region());
            dates.add(key.day());
        });
        return regions.isEmpty()
                ? Map.of()
                : days.lock(regions.toArray(String[]::new), dates.getFirst(), dates.getLast()).stream()
                        .collect(Collectors.toMap(CapacityDay::key, Function.identity()));
    }

    private StepReply schedule(
            ScheduleShipment command,
            BookingWindow window,
            Map<CapacityDay.Key, CapacityDay> capacity,
            Map<OrderId, Shipment> shipmentsByOrder) {
        OrderId order = command.orderId();
        if (shipmentsByOrder.containsKey(order)) {
            throw new IllegalStateException("order " + order + " already has a shipment");
        }
        String region = command.address().country();
        if (!properties.slotsPerDay().containsKey(region)) {
            return declined(command, DeclineReason.ADDRESS_NOT_SERVED, "no shipments to " + region);
        }
        Optional<CapacityDay> earliest = window.earliestWithFreeSlot(region, capacity);
        if (earliest.isEmpty()) {
            String detail = "all days for %s are full up to %s".formatted(region, window.last());
            return declined(command, DeclineReason.NO_CAPACITY, detail);
        }
        Shipment shipment = new Shipment(order, command.address(), earliest.get());
        shipmentsByOrder.put(order, shipment);
        return new ShipmentBooked(order, shipment.shipmentId().toString(), shipment.shipsOn());
    }

    /** Allowed on any day: shipments leave only for confirmed orders, which are not cancelled. */
    private static StepReply cancel(
            CancelShipment command,
            Map<CapacityDay.Key, CapacityDay> capacity,
            Map<OrderId, Shipment> shipmentsByOrder) {
        Shipment shipment = shipmentsByOrder.get(command.orderId());
        if (shipment != null) {
            shipment.cancel(Objects.requireNonNull(capacity.get(shipment.slot())));
        }
        return new ShipmentWithdrawn(command.orderId());
    }

    private static StepDeclined declined(ScheduleShipment command, DeclineReason reason, String detail) {
        return new StepDeclined(command.orderId(), command.step(), reason.name(), detail);
    }
}
