package io.orderly.coordinator.client;

import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import java.util.List;

/**
 * Receives the events of a watch, in the order of revisions, each revision once. One method runs at a time; meanwhile the watch waits, and
 * its connection fills up, so a slow method makes the watch lag.
 */
public interface WatchListener {

    /**
     * All changes of one revision to the watched keys.
     *
     * @param events at least one
     */
    void onEvents(long revision, List<KeyEvent> events);

    /**
     * The watched keys at a revision; events follow from the next one on. Called at the beginning of a watch that was opened without a
     * revision, and in place of compacted events.
     */
    void onKeys(long revision, List<KeyValue> keyValues);

    /**
     * Revisions that were not delivered are compacted: their events are lost. {@link #onKeys} follows.
     *
     * @param compactedRevision the first revision that can still be read
     */
    default void onCompacted(long compactedRevision) {}
}
