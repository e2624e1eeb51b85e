package io.orderly.coordinator.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs why connections were refused, each reason once a minute: whoever is refused tries again at once. Thread-safe. */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_NANOS = 60_000_000_000L;
    private static final int MAX_REASONS = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> logged = new LinkedHashMap<>();

    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @return whether it was logged */
    boolean warn(String reason) {
        boolean isDue = isDue(reason);
        if (isDue) {
            LOG.warn("{}", reason);
        }
        return isDue;
    }

    private synchronized boolean isDue(String reason) {
        long now = nanoTime.getAsLong();
        Long before = logged.get(reason);
        if (before != null && now - before < INTERVAL_NANOS) {
            return false;
        }
        logged.remove(reason);
        logged.put(reason, now);
        if (logged.size() > MAX_REASONS) {
            logged.remove(logged.keySet().iterator().next());
        }
        return true;
    }
}
