package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Watches with the same filter that do not lag, so that a revision is prepared once for all of them. */
final class WatchGroup {

    final EventFilter selection;
    final Set<Watch> watches = new LinkedHashSet<>();
    private final List<KeyEvent> gathered = new ArrayList<>();

    WatchGroup(EventFilter selection) {
        this.selection = selection;
    }

    /** @return whether it is the first of its revision */
    boolean gather(KeyEvent event) {
        gathered.add(selection.told(event));
        return gathered.size() == 1;
    }

    RevisionBatch batch(long revision) {
        RevisionBatch batch = new RevisionBatch(revision, gathered);
        gathered.clear();
        return batch;
    }
}
