package io.orderly.coordinator.lease;

import io.orderly.coordinator.store.StoreCommand;

/** What a {@link LeaseClock} asks of the edge. */
public sealed interface LeaseEffect {

    /**
     * Propose a command, on behalf of the node ({@link io.orderly.coordinator.consensus.Origin#NODE}). What becomes of it comes
     * back as {@link LeaseInput.Applied}, {@link LeaseInput.Refused} or {@link LeaseInput.Unknown}.
     */
    record Propose(long ticket, StoreCommand command) implements LeaseEffect {}

    /**
     * Find out whether this node leads, by a quorum round that begins after this, such as that of a linearizable read, on behalf of
     * the node. {@link LeaseInput.Confirmed} or {@link LeaseInput.Refused} says what came of it.
     */
    record Confirm(long ticket) implements LeaseEffect {}

    /** Tell the client. */
    record Response(long token, KeepAliveResponse answer) implements LeaseEffect {}
}
