package io.orderly.coordinator.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs why connections are refused or fail, each case at most once a minute, since each is retried at once. Thread-safe. */
public final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_NANOS = 60_000_000_000L;
    private static final int MAX_CASES = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> logged = new LinkedHashMap<>();

    public RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** As {@link #warn(String, String)}; each text is a case of its own. */
    public boolean warn(String text) {
        return warn(text, text);
    }

    /**
     * Logs a text, unless one of the same case was logged within the last minute.
     *
     * @return whether it was logged
     */
    public boolean warn(String refusal, String text) {
        boolean isDue = isDue(refusal);
        if (isDue) {
            LOG.warn("{}", text);
        }
        return isDue;
    }

    private synchronized boolean isDue(String refusal) {
        long now = nanoTime.getAsLong();
        Long before = logged.get(refusal);
        if (before != null && now - before < INTERVAL_NANOS) {
            return false;
        }
        logged.remove(refusal);
        logged.put(refusal, now);
        if (logged.size() > MAX_CASES) {
            logged.remove(logged.keySet().iterator().next());
        }
        return true;
    }
}
