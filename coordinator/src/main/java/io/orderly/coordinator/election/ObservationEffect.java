package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.watch.WatchRequest;

/** What a step of an {@link Observation} asks of the edge. */
public sealed interface ObservationEffect {

    /** Read, linearizably. */
    record Read(long request, Operation.Range range) implements ObservationEffect {}

    /** Open a watch, and hand in what it tells. */
    record OpenWatch(long watch, WatchRequest request) implements ObservationEffect {}

    /** There is another leader, or the same says something else. */
    record Leads(Leader leader) implements ObservationEffect {}

    /** Nobody leads. */
    record Vacant() implements ObservationEffect {}

    /** The read was refused. Nothing follows. */
    record Failed(StoreRefusal refusal) implements ObservationEffect {}
}
