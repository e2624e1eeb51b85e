package io.orderly.console.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Chooses which orders a page follows, so that it shows some orders as a whole and not parts of all. Not thread-safe. */
final class Sampling {

    /** Older orders are forgotten; if they change again, they are chosen again. */
    private static final int REMEMBERED = 10_000;

    private final int maxPerSecond;
    private final Map<String, Boolean> chosen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long secondBeganNanos;
    private int thisSecond;

    /** @param maxPerSecond how many orders are chosen in each second, the first ones */
    Sampling(int maxPerSecond) {
        this.maxPerSecond = maxPerSecond;
    }

    boolean includes(String order, long nowNanos) {
        return chosen.computeIfAbsent(order, _ -> choose(nowNanos));
    }

    private boolean choose(long nowNanos) {
        if (nowNanos - secondBeganNanos >= TimeUnit.SECONDS.toNanos(1) || thisSecond == 0) {
            secondBeganNanos = nowNanos;
            thisSecond = 0;
        }
        return thisSecond++ < maxPerSecond;
    }
}
