package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import java.util.List;

/** A response of a watch to its client. */
public sealed interface WatchResponse {

    /**
     * All changes of one revision to the watched keys, or a fragment of them.
     *
     * @param revision greater than that of all earlier responses, except earlier fragments of this revision
     * @param events in order; at least one
     * @param more whether another fragment of this revision follows. Without the last one the revision is not complete
     */
    record Events(long revision, List<KeyEvent> events, boolean more) implements WatchResponse {}

    /** All events up to this revision have been delivered. The watch can be resumed from the revision after it. */
    record Progress(long revision) implements WatchResponse {}

    /**
     * The watch has ended, because revisions that it had not delivered are compacted: it started too far back, or lagged too far
     * behind. To continue, read the keys, and watch from the revision after that of the response. No further response follows.
     *
     * @param compactedRevision the first revision at which a watch can start
     */
    record Compacted(long compactedRevision) implements WatchResponse {}
}
