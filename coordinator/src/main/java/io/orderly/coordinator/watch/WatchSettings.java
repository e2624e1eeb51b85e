package io.orderly.coordinator.watch;

import java.time.Duration;

/**
 * Limits of {@link Watches}.
 *
 * @param maxWatches open at a time; the next one is refused
 * @param maxBufferedRevisions that wait in one watch. When more come, they are read from the history later
 * @param maxBufferedBytes the same limit in bytes of keys and values
 * @param maxScannedRevisions read from the history for one {@link Watches#take}. More lets a watch catch up faster, and holds up
 *     the others longer
 * @param fragmentBytes keys and values in one fragment; at least one event goes in always
 * @param progressInterval how long a watch that asked for progress is quiet at most
 */
public record WatchSettings(
        int maxWatches,
        int maxBufferedRevisions,
        long maxBufferedBytes,
        int maxScannedRevisions,
        long fragmentBytes,
        Duration progressInterval) {

    /** As etcd has them, where it has them. */
    public static final WatchSettings DEFAULTS =
            new WatchSettings(10_000, 128, 1L << 20, 1_000, 1L << 20, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public WatchSettings {
        positive("maxWatches", maxWatches);
        positive("maxBufferedRevisions", maxBufferedRevisions);
        positive("maxBufferedBytes", maxBufferedBytes);
        positive("maxScannedRevisions", maxScannedRevisions);
        positive("fragmentBytes", fragmentBytes);
        positive("progressInterval", progressInterval.toNanos());
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s is %d, not above 0".formatted(name, value));
        }
    }
}
