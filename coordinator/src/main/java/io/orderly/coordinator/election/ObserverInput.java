package io.orderly.coordinator.election;

import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;

/** What may happen to an {@link LeaderObserver}. What comes late, or twice, is passed over. */
public sealed interface ObserverInput {

    /** The read was answered. */
    record Answered(long request, StoreResponse answer) implements ObserverInput {}

    /** It was not, and may be sent again now. */
    record Unanswered(long request) implements ObserverInput {}

    /** The watch told something. */
    record Watched(long watch, WatchResponse delivery) implements ObserverInput {}

    /** The watch broke off, or could not be opened. */
    record WatchBroken(long watch) implements ObserverInput {}
}
