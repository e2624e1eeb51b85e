package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.watch.WatchRequest;

/** An effect of a step of a {@link LeaderObserver}, to be carried out by its caller. */
public sealed interface ObserverEffect {

    /** Read, linearizably. */
    record Read(long request, Operation.Range range) implements ObserverEffect {}

    /** Open a watch, and pass its responses as inputs. */
    record OpenWatch(long watch, WatchRequest request) implements ObserverEffect {}

    /** There is another leader, or the leader has proclaimed another value. */
    record Leads(ElectedLeader leader) implements ObserverEffect {}

    /** There is no leader. */
    record Vacant() implements ObserverEffect {}

    /** The read was refused. No effect follows. */
    record Failed(StoreRefusal refusal) implements ObserverEffect {}
}
