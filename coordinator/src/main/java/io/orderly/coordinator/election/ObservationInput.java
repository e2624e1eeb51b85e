package io.orderly.coordinator.election;

import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.watch.Delivery;

/** What may happen to an {@link Observation}. What comes late, or twice, is passed over. */
public sealed interface ObservationInput {

    /** The read was answered. */
    record Answered(long request, StoreAnswer answer) implements ObservationInput {}

    /** It was not, and may be sent again now. */
    record Unanswered(long request) implements ObservationInput {}

    /** The watch told something. */
    record Watched(long watch, Delivery delivery) implements ObservationInput {}

    /** The watch broke off, or could not be opened. */
    record WatchBroken(long watch) implements ObservationInput {}
}
