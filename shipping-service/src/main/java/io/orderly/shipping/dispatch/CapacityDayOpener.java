package io.orderly.shipping.dispatch;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Opens the days of the booking window. Safe for use by many threads. */
@Component
class CapacityDayOpener {

    private final CapacityDays days;

    /** Days whose opening is committed. Open days are never removed. */
    private final Set<CapacityDay.Key> open = ConcurrentHashMap.newKeySet();

    CapacityDayOpener(CapacityDays days) {
        this.days = days;
    }

    /**
     * Opens those of the days that are not open. Has to be called before the transaction takes any lock, because it
     * waits for other transactions that open the same days.
     */
    void open(Collection<CapacityDay> requested) {
        List<CapacityDay> missing =
                requested.stream().filter(day -> !open.contains(day.key())).toList();
        if (missing.isEmpty()) {
            return;
        }
        int opened = days.open(
                missing.stream().map(CapacityDay::region).toArray(String[]::new),
                missing.stream().map(CapacityDay::day).toArray(LocalDate[]::new),
                missing.stream().map(CapacityDay::slots).toArray(Integer[]::new));
        // a day opened by this transaction is not cached, because the transaction can still be rolled back, even if
        // prepared
        if (opened == 0) {
            missing.stream().map(CapacityDay::key).forEach(open::add);
        }
    }
}
