package io.orderly.shipping.dispatch;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What could be booked now. */
@Component
public class CapacityOutlook {

    private final Capacity capacity;
    private final DispatchProperties properties;
    private final InstantSource clock;

    CapacityOutlook(Capacity capacity, DispatchProperties properties, InstantSource clock) {
        this.capacity = capacity;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The days within the horizon, the earliest first, those included that nobody has booked yet.
     *
     * @return empty if the region is not served
     */
    public Optional<List<CapacityDay>> of(String region) {
        if (!properties.slotsPerDay().containsKey(region)) {
            return Optional.empty();
        }
        List<CapacityDay> empty = properties
                .emptyDays(region, properties.windowAt(clock.instant()))
                .toList();
        Map<CapacityDay.Key, CapacityDay> opened = capacity
                .find(empty.stream().map(CapacityDay::key).toList())
                .stream()
                .collect(Collectors.toMap(CapacityDay::key, Function.identity()));
        return Optional.of(
                empty.stream().map(day -> opened.getOrDefault(day.key(), day)).toList());
    }
}
