package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Watches that keep up and select the same, so that a revision is prepared once for all of them. */
final class Group {

    final Selection selection;
    final Set<Watch> watches = new LinkedHashSet<>();
    private final List<KeyEvent> gathered = new ArrayList<>();

    Group(Selection selection) {
        this.selection = selection;
    }

    /** @return whether it is the first of its revision */
    boolean gather(KeyEvent event) {
        gathered.add(selection.told(event));
        return gathered.size() == 1;
    }

    Batch batch(long revision) {
        Batch batch = new Batch(revision, gathered);
        gathered.clear();
        return batch;
    }
}
