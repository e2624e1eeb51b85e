package io.orderly.coordinator.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Timers of leases. A renewal does not move the timer: it expires early once, and is then set again. So a renewal costs nothing
 * here, however many leases there are.
 */
final class LeaseTimers {

    private final long everyMillis;
    private final Map<Long, TimedLease> leases = new HashMap<>();
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();

    private record Timer(long atMillis, TimedLease lease) implements Comparable<Timer> {

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime == 0 ? Long.compare(lease.id(), other.lease.id()) : byTime;
        }
    }

    LeaseTimers(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    void clear() {
        leases.clear();
        queue.clear();
    }

    @Nullable TimedLease get(long lease) {
        return leases.get(lease);
    }

    void add(TimedLease lease) {
        leases.put(lease.id(), lease);
        set(lease);
    }

    void remove(long lease) {
        leases.remove(lease);
    }

    /** Replaces the timer of a lease; sets none if the lease is gone or its end is under way. */
    void set(TimedLease lease) {
        if (leases.get(lease.id()) != lease || lease.isEnding()) {
            return;
        }
        long atMillis = lease.nextMillis(everyMillis);
        if (lease.timerMillis() == atMillis) {
            return;
        }
        lease.timerMillis(atMillis);
        queue.add(new Timer(atMillis, lease));
    }

    /** @return leases whose timers have expired; each must be {@linkplain #set set} again */
    List<TimedLease> takeExpired(long nowMillis) {
        List<TimedLease> due = new ArrayList<>();
        while (!queue.isEmpty() && queue.peek().atMillis() <= nowMillis) {
            Timer timer = queue.remove();
            TimedLease lease = timer.lease();
            boolean isCurrent = leases.get(lease.id()) == lease && lease.timerMillis() == timer.atMillis();
            if (isCurrent) {
                lease.timerMillis(TimedLease.NO_TIMER);
                due.add(lease);
            }
        }
        return due;
    }
}
