package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.watch.WatchRequest;

/** What a step of an {@link LeaderObserver} asks of the edge. */
public sealed interface ObserverEffect {

    /** Read, linearizably. */
    record Read(long request, Operation.Range range) implements ObserverEffect {}

    /** Open a watch, and hand in what it tells. */
    record OpenWatch(long watch, WatchRequest request) implements ObserverEffect {}

    /** There is another leader, or the same says something else. */
    record Leads(ElectedLeader leader) implements ObserverEffect {}

    /** Nobody leads. */
    record Vacant() implements ObserverEffect {}

    /** The read was refused. Nothing follows. */
    record Failed(StoreRefusal refusal) implements ObserverEffect {}
}
