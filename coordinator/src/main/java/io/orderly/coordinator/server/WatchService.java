package io.orderly.coordinator.server;

import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import io.orderly.coordinator.watch.Watches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the watches of this node: moves responses to the streams that have room for them. */
final class WatchService {

    private final Supplier<StoreView> state;
    private final Watches watches;
    private final Map<Long, WatchStream> streams = new HashMap<>();

    /** @param state the current one, at each call */
    WatchService(Supplier<StoreView> state, WatchSettings settings) {
        this.state = state;
        watches = new Watches(settings, state.get().revision());
    }

    /** To be called with what the store applies. */
    StoreListener storeListener() {
        return watches;
    }

    /** @return empty if too many watches are open */
    Optional<WatchStream> open(WatchRequest request, int room, Consumer<WatchResponse> listener) {
        var id = watches.open(request);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var stream = new WatchStream(this, id.getAsLong(), room, listener);
        streams.put(id.getAsLong(), stream);
        deliver();
        return Optional.of(stream);
    }

    /** How many streams are open. */
    int size() {
        return streams.size();
    }

    void close(long id) {
        streams.remove(id);
        watches.close(id);
    }

    void requestProgress(long id) {
        watches.requestProgress(id);
        deliver();
    }

    void tick(long nowNanos) {
        watches.tick(nowNanos);
        deliver();
    }

    /** Delivers to all streams whose watch has something to deliver. If a listener throws, that is thrown at the end. */
    void deliver() {
        Failures failures = new Failures();
        for (List<Long> ready = watches.ready(); !ready.isEmpty(); ready = watches.ready()) {
            for (long id : ready) {
                WatchStream stream = streams.get(id);
                if (stream != null) {
                    failures.collect(stream::deliver);
                }
            }
        }
        failures.rethrow();
    }

    /** Takes responses. A watch that has been compacted has ended, and its stream is removed. */
    List<WatchResponse> take(long id, int maxResponses) {
        List<WatchResponse> taken = watches.take(id, state.get(), maxResponses);
        if (!taken.isEmpty() && taken.getLast() instanceof WatchResponse.Compacted) {
            streams.remove(id);
        }
        return taken;
    }
}
