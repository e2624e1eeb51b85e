package io.orderly.shipping.dispatch.web;

import io.orderly.shipping.dispatch.CapacityDay;
import java.time.LocalDate;

/**
 * The capacity of one region on one day.
 *
 * @param slots the number of shipments that can be booked
 * @param booked the number of booked shipments
 */
record CapacityDayView(String region, LocalDate day, int slots, int booked) {

    static CapacityDayView of(CapacityDay day) {
        return new CapacityDayView(day.region(), day.day(), day.slots(), day.booked());
    }
}
