package io.orderly.coordinator.lease;

import io.orderly.coordinator.store.StoreCommand;

/** An effect of a {@link LeaseClock}, to be carried out by its caller. */
public sealed interface LeaseEffect {

    /**
     * Propose a command, on behalf of the node ({@link io.orderly.coordinator.consensus.Origin#NODE}). Its outcome is passed back
     * as {@link LeaseInput.Applied}, {@link LeaseInput.Refused} or {@link LeaseInput.Unknown}.
     */
    record Propose(long ticket, StoreCommand command) implements LeaseEffect {}

    /**
     * Confirm that this node leads, by a quorum round that begins after this, such as that of a linearizable read.
     * {@link LeaseInput.Confirmed} or {@link LeaseInput.Refused} is the result.
     */
    record Confirm(long ticket) implements LeaseEffect {}

    /** Respond to the client. */
    record Response(long token, KeepAliveResponse answer) implements LeaseEffect {}
}
