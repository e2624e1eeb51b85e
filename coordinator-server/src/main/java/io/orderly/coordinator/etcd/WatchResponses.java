package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.coordinator.store.KeyEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The responses of a {@link WatchCall}, which guards it, in order. Responses that the transport does not accept yet wait here, not encoded.
 */
final class WatchResponses {

    /** The watch id of a response that belongs to no watch. */
    private static final long NO_WATCH = -1;

    private final Headers headers;
    private final EventMessages eventMessages;
    private final ServerCallStreamObserver<WatchResponse> call;
    private final Deque<Queued> queue = new ArrayDeque<>();

    private sealed interface Queued {

        record Control(WatchResponse message) implements Queued {}

        record Told(OpenWatch watch, io.orderly.coordinator.watch.WatchResponse response) implements Queued {}
    }

    WatchResponses(Headers headers, EventMessages eventMessages, ServerCallStreamObserver<WatchResponse> call) {
        this.headers = headers;
        this.eventMessages = eventMessages;
        this.call = call;
    }

    int size() {
        return queue.size();
    }

    void clear() {
        queue.clear();
    }

    void created(long id) {
        add(message(id).setCreated(true));
    }

    void notCreated(String reason) {
        add(message(NO_WATCH).setCreated(true).setCanceled(true).setCancelReason(reason));
    }

    /** Closes a watch; its events that wait here are not sent. */
    void cancelled(OpenWatch watch) {
        refused(watch, "");
    }

    /** As {@link #cancelled}, but by the server. */
    void refused(OpenWatch watch, String reason) {
        queue.removeIf(queued -> queued instanceof Queued.Told told && told.watch() == watch);
        add(message(watch.id).setCanceled(true).setCancelReason(reason));
    }

    void progress(long revision) {
        add(WatchResponse.newBuilder().setHeader(headers.at(revision)).setWatchId(NO_WATCH));
    }

    void event(OpenWatch watch, io.orderly.coordinator.watch.WatchResponse response) {
        queue.add(new Queued.Told(watch, response));
    }

    /** Passes responses to the transport as long as it accepts them. */
    void flush() {
        while (!queue.isEmpty() && call.isReady()) {
            switch (queue.remove()) {
                case Queued.Control(WatchResponse message) -> call.onNext(message);
                case Queued.Told(OpenWatch watch, var response) -> {
                    call.onNext(message(watch.id, response));
                    watch.responseSent();
                }
            }
        }
    }

    private void add(WatchResponse.Builder message) {
        queue.add(new Queued.Control(message.build()));
    }

    private WatchResponse.Builder message(long id) {
        return WatchResponse.newBuilder().setHeader(headers.now()).setWatchId(id);
    }

    private WatchResponse message(long id, io.orderly.coordinator.watch.WatchResponse response) {
        return switch (response) {
            case io.orderly.coordinator.watch.WatchResponse.Events(
                    long revision,
                    List<KeyEvent> events,
                    boolean more) ->
                WatchResponse.newBuilder()
                        .setHeader(headers.at(revision))
                        .setWatchId(id)
                        .setFragment(more)
                        .addAllEvents(eventMessages.of(events))
                        .build();
            case io.orderly.coordinator.watch.WatchResponse.Progress(long revision) ->
                WatchResponse.newBuilder()
                        .setHeader(headers.at(revision))
                        .setWatchId(id)
                        .build();
            case io.orderly.coordinator.watch.WatchResponse.Compacted(long compactedRevision) ->
                WatchResponse.newBuilder()
                        .setHeader(headers.withoutRevision())
                        .setWatchId(id)
                        .setCanceled(true)
                        .setCompactRevision(compactedRevision)
                        .build();
        };
    }
}
