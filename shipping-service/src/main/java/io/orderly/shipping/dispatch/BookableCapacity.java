package io.orderly.shipping.dispatch;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The capacity that can be booked now. */
@Component
public class BookableCapacity {

    private final CapacityDays days;
    private final DispatchProperties properties;
    private final InstantSource clock;

    BookableCapacity(CapacityDays days, DispatchProperties properties, InstantSource clock) {
        this.days = days;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The days of the booking window, earliest first, including days without bookings.
     *
     * @return empty if the region is not served
     */
    public Optional<List<CapacityDay>> of(String region) {
        if (!properties.slotsPerDay().containsKey(region)) {
            return Optional.empty();
        }
        BookingWindow window = properties.windowAt(clock.instant());
        Map<CapacityDay.Key, CapacityDay> open =
                days.findByRegionAndDayBetween(region, window.first(), window.last()).stream()
                        .collect(Collectors.toMap(CapacityDay::key, Function.identity()));
        return Optional.of(properties
                .emptyDays(region, window)
                .map(day -> open.getOrDefault(day.key(), day))
                .toList());
    }
}
