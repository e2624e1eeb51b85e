package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;

/** What may happen to a {@link QueueEntry}. What comes late, or twice, is passed over. */
public sealed interface QueueInput {

    /** A request was answered. */
    record Answered(long request, StoreResponse answer) implements QueueInput {}

    /**
     * A request was not answered, or the answer is that nobody knows whether it took effect, or that it did not. It may be sent again
     * now; whoever hands this in has waited as long as is fit.
     */
    record Unanswered(long request) implements QueueInput {}

    /** A watch told something. */
    record Watched(long watch, WatchResponse delivery) implements QueueInput {}

    /** A watch broke off, or could not be opened. What it would have told is looked up. */
    record WatchBroken(long watch) implements QueueInput {}

    /** Time went on. Nothing else tells when to give up, and when to look after a watch that may hang. */
    record Tick(long nowNanos) implements QueueInput {}

    /** The lease of the client has ended, or the client can no longer be sure that it has not. */
    record SessionEnded() implements QueueInput {}

    /** The value of the key is to change, now or as soon as it is at the head. */
    record Publish(Bytes value) implements QueueInput {}

    /** The client wants to wait no more, or to be at the head no more. */
    record Leave() implements QueueInput {}
}
