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
 * Settings under {@code orderly.shipping}.
 *
 * @param slotsPerDay the number of shipments per day for each served region, by ISO 3166-1 country code; other
 *     addresses are declined. A changed number applies to days that are not open yet
 * @param horizonDays how many days ahead a shipment can be booked; when all of these days are full, orders are declined
 * @param zone the time zone in which days begin
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

    /** The days of a served region, without bookings. */
    Stream<CapacityDay> emptyDays(String region, BookingWindow window) {
        int slots = slotsPerDay.get(region);
        return window.days().map(day -> new CapacityDay(region, day, slots));
    }
}
