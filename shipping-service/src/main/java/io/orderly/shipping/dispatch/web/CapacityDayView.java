package io.orderly.shipping.dispatch.web;

import io.orderly.shipping.dispatch.CapacityDay;
import java.time.LocalDate;

/**
 * What leaves for one region on one day.
 *
 * @param slots how many parcels may leave
 * @param booked how many will
 */
record CapacityDayView(String region, LocalDate day, int slots, int booked) {

    static CapacityDayView of(CapacityDay day) {
        return new CapacityDayView(day.region(), day.day(), day.slots(), day.booked());
    }
}
