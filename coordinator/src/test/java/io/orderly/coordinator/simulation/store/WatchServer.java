package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import io.orderly.coordinator.watch.Watches;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The watches on one node, and the streams to those who listen: a stream has so much room, and its listener makes more. */
final class WatchServer {

    /** Small, so that buffers run full and fragments are told. */
    private static final WatchSettings SETTINGS = new WatchSettings(64, 3, 400, 5, 24, Duration.ofMillis(200));

    /** A watch that somebody listens to. */
    final class Stream {

        private final long id;
        private final Consumer<WatchResponse> listener;
        private int room;
        private boolean waits;

        private Stream(long id, int room, Consumer<WatchResponse> listener) {
            this.id = id;
            this.room = room;
            this.listener = listener;
        }

        /** The listener can take so many more. */
        void make(int more) {
            room += more;
            if (waits) {
                pump(this);
            }
        }

        void requestProgress() {
            watches.requestProgress(id);
            pump();
        }

        void close() {
            streams.remove(id);
            watches.close(id);
        }
    }

    private final Supplier<StoreView> state;
    private final Watches watches;
    private final Map<Long, Stream> streams = new HashMap<>();

    WatchServer(Supplier<StoreView> state) {
        this.state = state;
        watches = new Watches(SETTINGS, state.get().revision());
    }

    /** Hears what the store does. */
    Watches watches() {
        return watches;
    }

    /** @param room deliveries that the listener can take */
    Stream open(WatchRequest request, int room, Consumer<WatchResponse> listener) {
        OptionalLong id = watches.open(request);
        Stream stream = new Stream(id.orElseThrow(), room, listener);
        streams.put(stream.id, stream);
        pump();
        return stream;
    }

    void tick(long nowNanos) {
        watches.tick(nowNanos);
        pump();
    }

    void pump() {
        for (List<Long> ready = watches.ready(); !ready.isEmpty(); ready = watches.ready()) {
            for (long id : ready) {
                Stream stream = streams.get(id);
                if (stream != null) {
                    pump(stream);
                }
            }
        }
    }

    private void pump(Stream stream) {
        stream.waits = stream.room <= 0;
        if (!stream.waits) {
            List<WatchResponse> taken = watches.take(stream.id, state.get(), stream.room);
            stream.room -= taken.size();
            taken.forEach(stream.listener);
        }
    }
}
