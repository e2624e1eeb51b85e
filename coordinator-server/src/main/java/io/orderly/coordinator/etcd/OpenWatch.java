package io.orderly.coordinator.etcd;

import io.orderly.coordinator.member.ReadRight;
import io.orderly.coordinator.member.WatchHandle;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch of a {@link WatchCall}, which guards it. */
final class OpenWatch {

    /** Pending responses: enough that a client that reads never delays the watch. */
    static final int ROOM = 64;

    final long id;
    final long startRevision;
    final ReadRight right;

    /** The responses that arrived before the creation was sent to the client. */
    private final List<WatchResponse> early = new ArrayList<>();

    private @Nullable WatchHandle handle;
    private int sent;

    OpenWatch(long id, long startRevision, ReadRight right) {
        this.id = id;
        this.startRevision = startRevision;
        this.right = right;
    }

    boolean isCreated() {
        return handle != null;
    }

    void keepEarly(WatchResponse response) {
        early.add(response);
    }

    /** @return the responses that arrived early */
    List<WatchResponse> created(WatchHandle opened) {
        handle = opened;
        List<WatchResponse> kept = List.copyOf(early);
        early.clear();
        return kept;
    }

    /** A response was handed to the transport. Room is given back in larger parts, since each part is a message to the member. */
    void responseSent() {
        sent++;
        if (sent >= ROOM / 2 && handle != null) {
            handle.addRoom(sent);
            sent = 0;
        }
    }

    void requestProgress() {
        if (handle != null) {
            handle.requestProgress();
        }
    }

    void close() {
        if (handle != null) {
            handle.close();
        }
    }
}
