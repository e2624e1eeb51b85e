package io.orderly.shipping.dispatch;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Opens the days that come within reach of a booking. Safe for use by many threads. */
@Component
class CapacityDayOpener {

    private final CapacityDays days;

    /** Days whose opening is committed. A day is never removed. */
    private final Set<CapacityDay.Key> open = ConcurrentHashMap.newKeySet();

    CapacityDayOpener(CapacityDays days) {
        this.days = days;
    }

    /**
     * Opens those of the days that are not open yet. A transaction has to call this before it locks anything: another
     * transaction that opens the same days is waited for.
     */
    void open(Collection<CapacityDay> wanted) {
        List<CapacityDay> unknown =
                wanted.stream().filter(day -> !open.contains(day.key())).toList();
        if (unknown.isEmpty()) {
            return;
        }
        int opened = days.open(
                unknown.stream().map(CapacityDay::region).toArray(String[]::new),
                unknown.stream().map(CapacityDay::day).toArray(LocalDate[]::new),
                unknown.stream().map(CapacityDay::slots).toArray(Integer[]::new));
        // what this transaction opens may still be rolled back, also after it was prepared
        if (opened == 0) {
            unknown.stream().map(CapacityDay::key).forEach(open::add);
        }
    }
}
