package io.orderly.coordinator.watch;

import java.time.Duration;

/**
 * Limits of {@link Watches}.
 *
 * @param maxWatches open at a time; the next one is refused
 * @param maxBufferedRevisions buffered for one watch. Further revisions are read from the history later
 * @param maxBufferedBytes the same limit in bytes of keys and values
 * @param maxScannedRevisions read from the history for one {@link Watches#take}. More let a watch catch up faster, and delay the
 *     others longer
 * @param fragmentBytes keys and values in one fragment; it has at least one event
 * @param progressInterval the longest time without a response for a watch that requested progress
 */
public record WatchSettings(
        int maxWatches,
        int maxBufferedRevisions,
        long maxBufferedBytes,
        int maxScannedRevisions,
        long fragmentBytes,
        Duration progressInterval) {

    /** Those of etcd, where it has them. */
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
