package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import java.util.List;

/** What a watch tells its client. */
public sealed interface WatchResponse {

    /**
     * What one revision did to the keys that are watched: all of it, unless it comes in fragments.
     *
     * @param revision greater than that of any delivery before, unless that was an earlier fragment of this one
     * @param events in the order in which they happened; at least one
     * @param more whether another fragment of this revision follows. Without the last one the revision is not complete
     */
    record Events(long revision, List<KeyEvent> events, boolean more) implements WatchResponse {}

    /** All that is to be told up to this revision has been delivered before. The watch can be resumed from the one after it. */
    record Progress(long revision) implements WatchResponse {}

    /**
     * The watch has ended, because revisions that it still had to tell are compacted: it began too far back, or fell too far behind. To
     * go on, read the keys, and watch from the revision after that of the answer. It is the last delivery.
     *
     * @param compactedRevision the first revision at which a watch can start
     */
    record Compacted(long compactedRevision) implements WatchResponse {}
}
