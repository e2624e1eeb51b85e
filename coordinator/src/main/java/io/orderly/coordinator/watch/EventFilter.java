package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Revision;
import java.util.ArrayList;
import java.util.List;

/** Which events a watch delivers, and with which fields. Watches with the same filter share their responses. */
record EventFilter(KeyRange keys, boolean puts, boolean deletes, boolean previous) {

    /** @param event of a key in the range */
    boolean admits(KeyEvent event) {
        return switch (event) {
            case KeyEvent.Put _ -> puts;
            case KeyEvent.Deleted _ -> deletes;
        };
    }

    KeyEvent told(KeyEvent event) {
        if (previous || event.previous() == null) {
            return event;
        }
        return switch (event) {
            case KeyEvent.Put put -> new KeyEvent.Put(put.current(), null);
            case KeyEvent.Deleted deleted -> new KeyEvent.Deleted(deleted.key(), deleted.modRevision(), null);
        };
    }

    /** The events of a revision that pass the filter, in order. */
    List<KeyEvent> of(Revision revision) {
        List<KeyEvent> selected = new ArrayList<>();
        for (KeyEvent event : revision.events()) {
            if (keys.contains(event.key()) && admits(event)) {
                selected.add(told(event));
            }
        }
        return selected;
    }
}
