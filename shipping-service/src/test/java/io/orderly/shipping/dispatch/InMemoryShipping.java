package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.shipping.dispatch.Shipment.State;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A handler with two in-memory tables. */
final class InMemoryShipping {

    final Map<CapacityDay.Key, CapacityDay> days = new HashMap<>();
    final Map<OrderId, Shipment> shipments = new HashMap<>();
    LocalDate today;

    private final DispatchProperties properties;
    private final ShipmentHandler handler;

    InMemoryShipping(Map<String, Integer> slotsPerDay, int horizonDays, LocalDate today) {
        this.today = today;
        this.properties = new DispatchProperties(slotsPerDay, horizonDays, ZoneOffset.UTC);
        var table = new DayTable();
        this.handler = new ShipmentHandler(
                new CapacityDayOpener(table),
                table,
                new ShipmentTable(),
                properties,
                () -> this.today.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** Handles one batch. */
    List<StepReply> handle(List<ShippingCommand> commands) {
        return handler.handle(CommandBatch.of(commands, null));
    }

    List<StepReply> handle(ShippingCommand... commands) {
        return handle(List.of(commands));
    }

    BookingWindow window() {
        return BookingWindow.after(today, properties.horizonDays());
    }

    long scheduledOn(CapacityDay.Key day) {
        return shipments.values().stream()
                .filter(shipment -> shipment.state() == State.SCHEDULED)
                .filter(shipment -> shipment.slot().equals(day))
                .count();
    }

    private final class DayTable implements CapacityDays {

        @Override
        public int open(String[] regions, LocalDate[] dates, Integer[] slots) {
            int before = days.size();
            for (int i = 0; i < regions.length; i++) {
                CapacityDay day = new CapacityDay(regions[i], dates[i], slots[i]);
                days.putIfAbsent(day.key(), day);
            }
            return days.size() - before;
        }

        @Override
        public List<CapacityDay> lock(String[] regions, LocalDate first, LocalDate last) {
            return Arrays.stream(regions)
                    .flatMap(region -> findByRegionAndDayBetween(region, first, last).stream())
                    .toList();
        }

        @Override
        public List<CapacityDay> findByRegionAndDayBetween(String region, LocalDate first, LocalDate last) {
            return days.values().stream()
                    .filter(day -> day.region().equals(region))
                    .filter(day -> !day.day().isBefore(first) && !day.day().isAfter(last))
                    .toList();
        }
    }

    private final class ShipmentTable implements Shipments {

        @Override
        public Optional<Shipment> findById(UUID orderId) {
            return Optional.ofNullable(shipments.get(new OrderId(orderId)));
        }

        @Override
        public List<Shipment> lockByIds(UUID[] orderIds) {
            return Arrays.stream(orderIds)
                    .map(this::findById)
                    .flatMap(Optional::stream)
                    .toList();
        }

        @Override
        public <S extends Shipment> List<S> saveAll(Iterable<S> newShipments) {
            newShipments.forEach(shipment -> {
                if (shipments.put(shipment.orderId(), shipment) != null) {
                    throw new IllegalStateException("duplicate key " + shipment.orderId());
                }
                shipment.markStored();
            });
            return List.of();
        }
    }
}
