package io.orderly.shipping.dispatch;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The days on which a parcel may be booked.
 *
 * @param last included
 */
record BookingWindow(LocalDate first, LocalDate last) {

    /** From tomorrow on, so many days. */
    static BookingWindow after(LocalDate today, int days) {
        return new BookingWindow(today.plusDays(1), today.plusDays(days));
    }

    Stream<LocalDate> days() {
        return first.datesUntil(last.plusDays(1));
    }

    /**
     * The earliest day on which another parcel may leave for a region.
     *
     * @param capacity all days of the window for that region, and maybe others
     * @return empty if every day is full
     */
    Optional<CapacityDay> earliestWithRoom(String region, Map<CapacityDay.Key, CapacityDay> capacity) {
        return days().map(day -> new CapacityDay.Key(region, day))
                .map(key -> Objects.requireNonNull(capacity.get(key), () -> key + " is not loaded"))
                .filter(CapacityDay::hasRoom)
                .findFirst();
    }
}
