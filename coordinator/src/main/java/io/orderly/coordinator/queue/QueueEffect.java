package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;

/** What a step of a {@link QueueEntry} asks of the edge. */
public sealed interface QueueEffect {

    /**
     * Have a command executed. It is best sent within the client's session, with a sequence number of its own that belongs to {@code
     * request}: one that is sent again under its old number takes no effect a second time, however late the first one comes.
     *
     * @param request the same again if it is sent again
     */
    record Execute(long request, StoreCommand.Txn command) implements QueueEffect {}

    /** Open a watch, and hand in what it tells. */
    record OpenWatch(long watch, WatchRequest request) implements QueueEffect {}

    record CloseWatch(long watch) implements QueueEffect {}

    /**
     * The head of the line. At the moment when the store said so, the client's lease was alive.
     *
     * @param token greater than that of all who were at the head before; goes along with each use of what is guarded
     */
    record Acquired(long token) implements QueueEffect {}

    /** The key has this value, and was still there when it got it. */
    record Published(Bytes value) implements QueueEffect {}

    /** It is over. Nothing follows. */
    record Ended(EndReason reason) implements QueueEffect {}
}
