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
 * Shipping's part in the saga. A batch costs two locking queries and one round trip for each table that it changes, however
 * many commands it has; the first batch of a day also opens days.
 */
@Component
class ShipmentHandler implements CommandHandler<ShippingCommand> {

    private final CapacityDayOpener opening;
    private final CapacityDays days;
    private final Shipments shipments;
    private final DispatchProperties properties;
    private final InstantSource clock;

    ShipmentHandler(
            CapacityDayOpener opening,
            CapacityDays days,
            Shipments shipments,
            DispatchProperties properties,
            InstantSource clock) {
        this.opening = opening;
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

    /** The whole batch has the same today, though midnight may pass meanwhile. */
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

        opening.open(bookable);
        Map<OrderId, Shipment> parcels = new HashMap<>();
        shipments.lock(cancelled).forEach(known -> parcels.put(known.orderId(), known));
        Map<CapacityDay.Key, CapacityDay> capacity = lock(Stream.concat(
                bookable.stream().map(CapacityDay::key),
                parcels.values().stream().map(Shipment::slot)));

        List<StepReply> replies = batch.commands().stream()
                .map(command -> switch (command) {
                    case ScheduleShipment schedule -> schedule(schedule, window, capacity, parcels);
                    case CancelShipment cancel -> cancel(cancel, capacity, parcels);
                })
                .toList();

        shipments.saveAll(parcels.values().stream().filter(Shipment::isNew).toList());
        return replies;
    }

    /** Locks every day from the first to the last of these, in each of their regions: one range of the key. */
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
            Map<OrderId, Shipment> parcels) {
        OrderId order = command.orderId();
        if (parcels.containsKey(order)) {
            throw new IllegalStateException("order " + order + " has a shipment already");
        }
        String region = command.address().country();
        if (!properties.slotsPerDay().containsKey(region)) {
            return declined(command, DeclineReason.ADDRESS_NOT_SERVED, "no parcels go to " + region);
        }
        Optional<CapacityDay> earliest = window.earliestWithRoom(region, capacity);
        if (earliest.isEmpty()) {
            String detail = "every day to %s is full up to %s".formatted(region, window.last());
            return declined(command, DeclineReason.NO_CAPACITY, detail);
        }
        Shipment parcel = new Shipment(order, command.address(), earliest.get());
        parcels.put(order, parcel);
        return new ShipmentBooked(order, parcel.shipmentId().toString(), parcel.shipsOn());
    }

    /** Possible on any day, however late: a parcel leaves for a confirmed order only, and that one is not cancelled. */
    private static StepReply cancel(
            CancelShipment command, Map<CapacityDay.Key, CapacityDay> capacity, Map<OrderId, Shipment> parcels) {
        Shipment parcel = parcels.get(command.orderId());
        if (parcel != null) {
            parcel.cancel(Objects.requireNonNull(capacity.get(parcel.slot())));
        }
        return new ShipmentWithdrawn(command.orderId());
    }

    private static StepDeclined declined(ScheduleShipment command, DeclineReason reason, String detail) {
        return new StepDeclined(command.orderId(), command.step(), reason.name(), detail);
    }
}
