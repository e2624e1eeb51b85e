package io.orderly.coordinator.client;

import io.orderly.coordinator.store.KeyEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The position of a watch, over all its consecutive streams. Not thread-safe.
 *
 * <p>Each stream has a number; responses of an earlier one are ignored. A stream begins at the revision after the last delivered one, and
 * events of delivered revisions are dropped.
 */
final class WatchCursor {

    /** The action for a response. */
    sealed interface Action {

        /** Call the listener. */
        record Deliver(long revision, List<KeyEvent> events) implements Action {}

        /** Read the keys, call {@link #resynchronised}, then open another stream. */
        record Resynchronise(long compactedRevision) implements Action {}

        /** Open another stream from {@link #next()}, after a delay. */
        record Reopen() implements Action {}
    }

    private long delivered;
    private boolean positioned;
    private long stream;

    /** @param startRevision the first revision to deliver; 0 to begin with a read of the keys */
    WatchCursor(long startRevision) {
        positioned = startRevision > 0;
        delivered = startRevision - 1;
    }

    /** Whether the keys have to be read before a stream can be opened. */
    boolean needsKeys() {
        return !positioned;
    }

    /** The keys were read at this revision. */
    void resynchronised(long revision) {
        delivered = Math.max(delivered, revision);
        positioned = true;
    }

    /** The revision that the next stream begins with. */
    long next() {
        return delivered + 1;
    }

    /** @return the number of the stream that is opened now */
    long open() {
        return ++stream;
    }

    /** @param events of one or more revisions, in order */
    List<Action> events(long ofStream, List<KeyEvent> events) {
        List<Action> actions = new ArrayList<>();
        if (ofStream != stream) {
            return actions;
        }
        List<KeyEvent> ofRevision = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            KeyEvent event = events.get(i);
            long revision = revision(event);
            if (revision <= delivered) {
                continue;
            }
            ofRevision.add(event);
            if (i + 1 == events.size() || revision(events.get(i + 1)) != revision) {
                delivered = revision;
                actions.add(new Action.Deliver(revision, List.copyOf(ofRevision)));
                ofRevision.clear();
            }
        }
        return actions;
    }

    /** Everything up to a revision was delivered. */
    void progress(long ofStream, long revision) {
        if (ofStream == stream) {
            delivered = Math.max(delivered, revision);
        }
    }

    /** @param compactedRevision the first revision from which a watch can start; 0 if that is not the reason */
    List<Action> canceled(long ofStream, long compactedRevision) {
        if (ofStream != stream) {
            return List.of();
        }
        stream++;
        if (compactedRevision > 0) {
            positioned = false;
            return List.of(new Action.Resynchronise(compactedRevision));
        }
        return List.of(new Action.Reopen());
    }

    /** The stream has ended. */
    List<Action> broken(long ofStream) {
        return canceled(ofStream, 0);
    }

    private static long revision(KeyEvent event) {
        return switch (event) {
            case KeyEvent.Put put -> put.current().modRevision();
            case KeyEvent.Deleted deleted -> deleted.modRevision();
        };
    }
}
