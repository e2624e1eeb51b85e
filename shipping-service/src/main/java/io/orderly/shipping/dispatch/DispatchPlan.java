package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.shipping.dispatch.Shipment.State;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides what commands do to the slots and the shipments that a transaction holds locked, all in memory.
 *
 * <p>Invariants: no day is booked beyond its slots, and each scheduled shipment holds one slot. Belongs to one transaction
 * and one thread.
 */
final class DispatchPlan {

    private final BookingWindow window;
    private final Set<String> regions;
    private final Supplier<UUID> shipmentIds;
    private final Map<CapacityDay.Key, CapacityDay> daysBefore;
    private final Map<CapacityDay.Key, CapacityDay> days;
    private final Map<OrderId, Shipment> shipmentsBefore;
    private final Map<OrderId, Shipment> shipments;

    /**
     * @param regions that are served
     * @param days the window's days for every region that is served and named by a command, and the days of the shipments
     * @param shipments of every order that is to be cancelled, where it has one
     */
    DispatchPlan(
            BookingWindow window,
            Set<String> regions,
            Supplier<UUID> shipmentIds,
            Collection<CapacityDay> days,
            Collection<Shipment> shipments) {
        this.window = window;
        this.regions = regions;
        this.shipmentIds = shipmentIds;
        this.daysBefore = days.stream().collect(Collectors.toMap(CapacityDay::key, Function.identity()));
        this.days = new HashMap<>(daysBefore);
        this.shipmentsBefore = shipments.stream().collect(Collectors.toMap(Shipment::orderId, Function.identity()));
        this.shipments = new LinkedHashMap<>(shipmentsBefore);
    }

    StepReply decide(ShippingCommand command) {
        return switch (command) {
            case ScheduleShipment schedule -> schedule(schedule);
            case CancelShipment cancel -> cancel(cancel);
        };
    }

    private StepReply schedule(ScheduleShipment command) {
        OrderId order = command.orderId();
        if (shipments.containsKey(order)) {
            throw new IllegalStateException("order " + order + " has a shipment already");
        }
        String region = command.address().country();
        if (!regions.contains(region)) {
            return declined(command, DeclineReason.ADDRESS_NOT_SERVED, "no parcels go to " + region);
        }
        Optional<CapacityDay> earliest = window.days()
                .map(day -> day(region, day))
                .filter(CapacityDay::hasRoom)
                .findFirst();
        if (earliest.isEmpty()) {
            String detail = "every day to %s is full up to %s".formatted(region, window.last());
            return declined(command, DeclineReason.NO_CAPACITY, detail);
        }
        CapacityDay booked = earliest.get().book();
        days.put(booked.key(), booked);
        LocalDate shipsOn = booked.day();
        Shipment shipment = new Shipment(order, shipmentIds.get(), command.address(), shipsOn, State.SCHEDULED);
        shipments.put(order, shipment);
        return new ShipmentBooked(order, shipment.shipmentId().toString(), shipsOn);
    }

    /** Possible on any day, however late: a parcel leaves for a confirmed order only, and that one is not cancelled. */
    private StepReply cancel(CancelShipment command) {
        Shipment shipment = shipments.get(command.orderId());
        if (shipment != null && shipment.state() == State.SCHEDULED) {
            shipments.put(shipment.orderId(), shipment.cancelled());
            CapacityDay day = day(shipment.slot().region(), shipment.slot().day());
            days.put(day.key(), day.giveBack());
        }
        return new ShipmentWithdrawn(command.orderId());
    }

    private static StepDeclined declined(ScheduleShipment command, DeclineReason reason, String detail) {
        return new StepDeclined(command.orderId(), command.step(), reason.name(), detail);
    }

    private CapacityDay day(String region, LocalDate date) {
        CapacityDay.Key key = new CapacityDay.Key(region, date);
        return Objects.requireNonNull(days.get(key), () -> key + " was not loaded");
    }

    /** The days that are no longer booked as they were. */
    List<CapacityDay> changedDays() {
        return days.values().stream()
                .filter(day -> !day.equals(daysBefore.get(day.key())))
                .toList();
    }

    /** The shipments made here, in the state they have reached since. */
    List<Shipment> newShipments() {
        return shipments.values().stream()
                .filter(shipment -> !shipmentsBefore.containsKey(shipment.orderId()))
                .toList();
    }

    /** The shipments made earlier and cancelled here. */
    List<Shipment> cancelledShipments() {
        return shipmentsBefore.values().stream()
                .filter(before -> before.state() != shipment(before.orderId()).state())
                .map(before -> shipment(before.orderId()))
                .toList();
    }

    private Shipment shipment(OrderId order) {
        return Objects.requireNonNull(shipments.get(order));
    }
}
