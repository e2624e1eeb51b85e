package io.orderly.coordinator.server;

import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.function.Consumer;

/**
 * An open watch with flow control: its listener has room for a number of responses, and gives back room as it processes them. A
 * listener without room costs nothing; what it missed is read from the history when it has room again.
 */
public final class WatchStream {

    private final WatchService service;
    private final long id;
    private final Consumer<WatchResponse> listener;
    private int room;
    private boolean isWaitingForRoom;
    private boolean isClosed;

    WatchStream(WatchService service, long id, int room, Consumer<WatchResponse> listener) {
        this.service = service;
        this.id = id;
        this.room = room;
        this.listener = listener;
    }

    /** The listener can receive this many more responses. */
    public void addRoom(int responses) {
        room += responses;
        if (isWaitingForRoom) {
            deliver();
        }
    }

    /** Asks for a progress response after all events so far. */
    public void requestProgress() {
        service.requestProgress(id);
    }

    /** The listener receives nothing more. */
    public void close() {
        isClosed = true;
        service.close(id);
    }

    void deliver() {
        isWaitingForRoom = room <= 0;
        if (!isWaitingForRoom) {
            List<WatchResponse> taken = service.take(id, room);
            room -= taken.size();
            Failures failures = new Failures();
            for (WatchResponse response : taken) {
                if (!isClosed) {
                    failures.collect(() -> listener.accept(response));
                }
            }
            failures.rethrow();
        }
    }
}
