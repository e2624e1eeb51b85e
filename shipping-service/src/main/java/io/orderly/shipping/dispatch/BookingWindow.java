package io.orderly.shipping.dispatch;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The days on which a shipment may be booked.
 *
 * @param last inclusive
 */
record BookingWindow(LocalDate first, LocalDate last) {

    /** The given number of days, beginning with tomorrow. */
    static BookingWindow after(LocalDate today, int days) {
        return new BookingWindow(today.plusDays(1), today.plusDays(days));
    }

    Stream<LocalDate> days() {
        return first.datesUntil(last.plusDays(1));
    }

    /**
     * The earliest day with a free slot for a region.
     *
     * @param capacity all days of the window for the region; may contain other days
     * @return empty if every day is full
     */
    Optional<CapacityDay> earliestWithFreeSlot(String region, Map<CapacityDay.Key, CapacityDay> capacity) {
        return days().map(day -> new CapacityDay.Key(region, day))
                .map(key -> Objects.requireNonNull(capacity.get(key), () -> key + " is not loaded"))
                .filter(CapacityDay::hasFreeSlot)
                .findFirst();
    }
}
