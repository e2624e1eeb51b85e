package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;

/** An effect of a step of a {@link QueueEntry}, to be carried out by its caller. */
public sealed interface QueueEffect {

    /**
     * Execute a command. It is best sent in the client's session, with one sequence number for each {@code request}: if it is
     * repeated with that number it takes effect once, however late the first attempt arrives.
     *
     * @param request the same if it is repeated
     */
    record Execute(long request, StoreCommand.Txn command) implements QueueEffect {}

    /** Open a watch, and pass its responses as inputs. */
    record OpenWatch(long watch, WatchRequest request) implements QueueEffect {}

    record CloseWatch(long watch) implements QueueEffect {}

    /**
     * The entry is at the head of the queue. When the store decided this, the client's lease was alive.
     *
     * @param token greater than that of every earlier head; to be passed with each use of the guarded resource
     */
    record Acquired(long token) implements QueueEffect {}

    /** The key has this value, and existed when it was written. */
    record Published(Bytes value) implements QueueEffect {}

    /** The entry has ended. No effect follows. */
    record Ended(EndReason reason) implements QueueEffect {}
}
