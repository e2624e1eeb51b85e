package io.orderly.coordinator.client;

import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import java.util.List;

/**
 * What a watch tells, in the order of revisions, no revision twice and none left out. One method runs at a time; while one runs, the
 * watch waits, and its connection fills up, so a method that is slow makes the watch lag.
 */
public interface WatchListener {

    /**
     * All changes of one revision to the watched keys.
     *
     * @param events at least one
     */
    void onEvents(long revision, List<KeyEvent> events);

    /**
     * The watched keys at a revision; events follow from the next one on. It is the beginning of a watch that was opened without a
     * revision, and what replaces the events that were compacted.
     */
    void onKeys(long revision, List<KeyValue> keyValues);

    /**
     * Revisions that were not delivered are compacted: their events are lost. {@link #onKeys} follows.
     *
     * @param compactedRevision the first revision that is left
     */
    default void onCompacted(long compactedRevision) {}
}
