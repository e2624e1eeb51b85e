package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;

/** Told what a store does, on its thread, right after the command that did it. It must not change the store, nor fail. */
public interface StoreListener {

    /** Each revision, without gaps. */
    default void revised(Revision revision) {}

    /** @param revision the least that can be read from now on */
    default void compacted(long revision) {}

    /** Granted, renewed, or written down with less time than it had. */
    default void leasePromised(Lease lease) {}

    /** Revoked or expired; its session, if it had one, has ended with it. */
    default void leaseEnded(long id) {}

    /** The clock of a new leader has taken over. */
    default void clockTookOver(Ballot clock, StoreView state) {}

    /** A snapshot took the place of the state; whatever was heard before may be out of date. */
    default void restored(StoreView state) {}
}
