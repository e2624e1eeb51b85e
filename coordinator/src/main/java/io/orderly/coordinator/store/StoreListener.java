package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;

/** Called with the changes of a store, on its thread, right after each command. It must not change the store or throw. */
public interface StoreListener {

    /** A revision; called for each one, without gaps. */
    default void revised(Revision revision) {}

    /** @param revision the lowest that can be read from now on */
    default void compacted(long revision) {}

    /** The lease was granted, renewed, or checkpointed. */
    default void leasePromised(Lease lease) {}

    /** The lease was revoked or has expired; its session, if it had one, has ended with it. */
    default void leaseEnded(long id) {}

    /** The clock of a new leader has taken over. */
    default void clockTookOver(Ballot clock, StoreView state) {}

    /** The state was restored from a snapshot; earlier calls may be out of date. */
    default void restored(StoreView state) {}
}
