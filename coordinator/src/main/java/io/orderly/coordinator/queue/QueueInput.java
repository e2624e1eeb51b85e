package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;

/** An input of a {@link QueueEntry}. Late and repeated inputs are ignored. */
public sealed interface QueueInput {

    /** A request was answered. */
    record Answered(long request, StoreResponse answer) implements QueueInput {}

    /**
     * A request was not answered, its outcome is unknown, or it had no effect. It may be repeated now; the caller has already
     * waited before the retry.
     */
    record Unanswered(long request) implements QueueInput {}

    /** A watch sent a response. */
    record Watched(long watch, WatchResponse delivery) implements QueueInput {}

    /** A watch was interrupted, or could not be opened. The entry reads what it would have reported. */
    record WatchBroken(long watch) implements QueueInput {}

    /** Time has passed. Deadlines, and rechecks of a watch that may hang, depend on it alone. */
    record Tick(long nowNanos) implements QueueInput {}

    /** The lease of the client has ended, or may have. */
    record SessionEnded() implements QueueInput {}

    /** The value of the key shall change, now or as soon as it is at the head. */
    record Publish(Bytes value) implements QueueInput {}

    /** The client leaves the queue. */
    record Leave() implements QueueInput {}
}
