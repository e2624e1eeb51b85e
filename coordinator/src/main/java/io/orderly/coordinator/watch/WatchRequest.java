package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyRange;

/**
 * A client's request for a watch.
 *
 * @param keys to watch
 * @param startRevision the first revision to deliver. It may be in the future; 0 for the next one. A client that lost its connection
 *     requests the one after the last that it received
 * @param puts whether to deliver puts
 * @param deletes whether to deliver deletions
 * @param previous whether events have the previous version of the key
 * @param progress whether to report progress when nothing happens for a while
 * @param fragments whether a large revision may be split
 */
public record WatchRequest(
        KeyRange keys,
        long startRevision,
        boolean puts,
        boolean deletes,
        boolean previous,
        boolean progress,
        boolean fragments) {

    /** @throws IllegalArgumentException if the revision is negative */
    public WatchRequest {
        if (startRevision < 0) {
            throw new IllegalArgumentException("start revision %d".formatted(startRevision));
        }
    }

    /** Puts and deletions from a revision on. */
    public static WatchRequest of(KeyRange keys, long startRevision) {
        return new WatchRequest(keys, startRevision, true, true, false, false, false);
    }

    /** Deletions only. */
    public static WatchRequest ofDeletions(KeyRange keys, long startRevision) {
        return new WatchRequest(keys, startRevision, false, true, false, false, false);
    }

    EventFilter selection() {
        return new EventFilter(keys, puts, deletes, previous);
    }
}
