package io.orderly.shipping.dispatch;

import java.time.LocalDate;
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
}
