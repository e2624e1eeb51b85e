package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a revision for a watch.
 *
 * @param bytes size of keys and values, for limits
 */
record RevisionBatch(long revision, List<KeyEvent> events, long bytes) {

    RevisionBatch(long revision, List<KeyEvent> events) {
        this(
                revision,
                List.copyOf(events),
                events.stream().mapToLong(RevisionBatch::sizeInBytes).sum());
    }

    /** The events in fragments that are no larger than a limit, or have one event. */
    List<WatchResponse> fragments(long limitBytes) {
        List<WatchResponse> fragments = new ArrayList<>();
        int begin = 0;
        long size = 0;
        for (int i = 0; i < events.size(); i++) {
            long next = sizeInBytes(events.get(i));
            if (i > begin && size + next > limitBytes) {
                fragments.add(new WatchResponse.Events(revision, events.subList(begin, i), true));
                begin = i;
                size = 0;
            }
            size += next;
        }
        fragments.add(new WatchResponse.Events(revision, events.subList(begin, events.size()), false));
        return fragments;
    }

    private static long sizeInBytes(KeyEvent event) {
        return sizeInBytes(event.previous())
                + switch (event) {
                    case KeyEvent.Put put -> sizeInBytes(put.current());
                    case KeyEvent.Deleted(Bytes key, long _, KeyValue _) -> key.size();
                };
    }

    private static long sizeInBytes(@Nullable KeyValue keyValue) {
        return keyValue == null ? 0 : keyValue.key().size() + keyValue.value().size();
    }
}
