package io.orderly.shipping.dispatch;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where parcels go, and how many.
 *
 * @param slotsPerDay parcels per day for each region that is served, by ISO 3166-1 country code; an address elsewhere is
 *     declined. A new number counts for days that have not come within the horizon yet
 * @param horizonDays how many days ahead a parcel may be booked; when all of them are full, orders are declined
 * @param zone whose midnight begins a new day
 */
@Validated
@ConfigurationProperties("orderly.shipping")
record DispatchProperties(
        @NotEmpty Map<@Pattern(regexp = "[A-Z]{2}") String, @Min(0) Integer> slotsPerDay,
        @DefaultValue("14") @Min(1) @Max(366) int horizonDays,
        @DefaultValue("UTC") ZoneId zone) {

    BookingWindow windowAt(Instant now) {
        return BookingWindow.after(LocalDate.ofInstant(now, zone), horizonDays);
    }

    /** A served region's days with nothing booked on them. */
    Stream<CapacityDay> emptyDays(String region, BookingWindow window) {
        int slots = slotsPerDay.get(region);
        return window.days().map(day -> new CapacityDay(region, day, slots));
    }
}
