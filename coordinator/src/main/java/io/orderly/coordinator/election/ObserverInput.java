package io.orderly.coordinator.election;

import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;

/** An input of a {@link LeaderObserver}. Late and repeated inputs are ignored. */
public sealed interface ObserverInput {

    /** The read was answered. */
    record Answered(long request, StoreResponse answer) implements ObserverInput {}

    /** The read was not answered, and may be sent again now. */
    record Unanswered(long request) implements ObserverInput {}

    /** The watch sent a response. */
    record Watched(long watch, WatchResponse delivery) implements ObserverInput {}

    /** The watch was interrupted, or could not be opened. */
    record WatchBroken(long watch) implements ObserverInput {}
}
