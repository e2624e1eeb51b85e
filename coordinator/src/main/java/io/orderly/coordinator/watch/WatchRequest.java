package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyRange;

/**
 * What a client wants to be told.
 *
 * @param keys about which
 * @param startRevision the first revision wanted. It may be yet to come; 0 for the next one. A client that lost its connection
 *     asks for the one after the last that it was told
 * @param puts whether puts are wanted
 * @param deletes whether deletions are wanted
 * @param previous whether each event shall tell what was there before
 * @param progress whether to tell how far the watch has come when nothing happens for a while
 * @param fragments whether a large revision may be told in parts
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

    /** Puts and deletions from a revision on, and nothing else. */
    public static WatchRequest of(KeyRange keys, long startRevision) {
        return new WatchRequest(keys, startRevision, true, true, false, false, false);
    }

    /** Deletions alone. */
    public static WatchRequest ofDeletions(KeyRange keys, long startRevision) {
        return new WatchRequest(keys, startRevision, false, true, false, false, false);
    }

    EventFilter selection() {
        return new EventFilter(keys, puts, deletes, previous);
    }
}
