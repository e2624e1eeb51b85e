package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.store.KeyEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts events to messages, once for all watches that share a list of them and are served one after the other. */
final class EventMessages {

    /** Replaced as a whole, by any thread. */
    private volatile @Nullable Converted last;

    private record Converted(List<KeyEvent> events, List<Event> messages) {}

    List<Event> of(List<KeyEvent> events) {
        Converted converted = last;
        if (converted == null || converted.events() != events) {
            converted = new Converted(
                    events, events.stream().map(StoreResponses::event).toList());
            last = converted;
        }
        return converted.messages();
    }
}
