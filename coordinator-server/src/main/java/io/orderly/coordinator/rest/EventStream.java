package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.NotPermittedException;
import io.orderly.coordinator.member.ReadRight;
import io.orderly.coordinator.member.WatchHandle;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A watch as server-sent events, for one client. The id of an event is its revision, so that a client that connects again with {@code
 * Last-Event-ID} misses nothing and receives nothing twice; if a revision has several events, only the last one has the id.
 *
 * <p>The watch sends this stream only as many responses as it has room for, and a written response makes room for another one: events that
 * a slow client has not read yet stay in the store's history.
 */
final class EventStream {

    private static final int ROOM = 16;

    private final SseEmitter emitter;
    private final Duration heartbeat;
    private final BlockingQueue<WatchResponse> received = new ArrayBlockingQueue<>(ROOM + 1);
    private volatile boolean isClosed;
    private volatile @Nullable Thread thread;

    /** @param heartbeat the longest time without anything written */
    EventStream(SseEmitter emitter, Duration heartbeat) {
        this.emitter = emitter;
        this.heartbeat = heartbeat;
    }

    /** Watches and writes until the client is gone or the stream is closed. */
    void run(GuardedCoordinator coordinator, KeyRange keys, long startRevision) {
        thread = Thread.currentThread();
        WatchRequest request = WatchRequest.of(keys, startRevision);
        try {
            Optional<WatchHandle> opened =
                    coordinator.watch(request, ROOM, received::add).get();
            if (opened.isEmpty()) {
                emitter.completeWithError(Problems.notApplied("Too many watches are open."));
                return;
            }
            try (WatchHandle watch = opened.get()) {
                // its response shows the client where the stream begins
                watch.requestProgress();
                write(watch, new ReadRight(coordinator, keys));
            }
            emitter.complete();
        } catch (NotPermittedException _) {
            // a client that connects again is told
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the client is gone, and Spring has detected it
        } catch (ExecutionException | InterruptedException _) {
            // the member stops
            emitter.complete();
        }
    }

    /** The client is gone, or the process stops. */
    void close() {
        isClosed = true;
        Thread writer = thread;
        if (writer != null) {
            writer.interrupt();
        }
    }

    private void write(WatchHandle watch, ReadRight right) throws IOException, InterruptedException {
        while (!isClosed) {
            WatchResponse response = received.poll(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
            if (response == null) {
                emitter.send(SseEmitter.event().comment("heartbeat"));
                watch.requestProgress();
                continue;
            }
            right.require();
            watch.addRoom(1);
            switch (response) {
                case WatchResponse.Events(long revision, List<KeyEvent> events, boolean more) ->
                    write(revision, events, more);
                case WatchResponse.Progress(long revision) ->
                    emitter.send(SseEmitter.event().id(Long.toString(revision)).comment("up to date"));
                case WatchResponse.Compacted(long compactedRevision) -> {
                    // a client that connects again starts from the first available revision
                    send(
                            Long.toString(compactedRevision - 1),
                            "compacted",
                            new ConfigEvent.Compacted(compactedRevision));
                    return;
                }
            }
        }
    }

    private void write(long revision, List<KeyEvent> events, boolean more) throws IOException {
        for (int i = 0; i < events.size(); i++) {
            boolean isLast = i == events.size() - 1 && !more;
            String id = isLast ? Long.toString(revision) : null;
            switch (events.get(i)) {
                case KeyEvent.Put put -> send(id, "put", ConfigEntry.of(put.current()));
                case KeyEvent.Deleted deleted -> send(id, "deleted", ConfigEvent.Deleted.of(deleted));
            }
        }
    }

    private void send(@Nullable String id, String name, Object data) throws IOException {
        SseEmitter.SseEventBuilder event = SseEmitter.event();
        if (id != null) {
            event.id(id);
        }
        emitter.send(event.name(name).data(data, MediaType.APPLICATION_JSON));
    }
}
