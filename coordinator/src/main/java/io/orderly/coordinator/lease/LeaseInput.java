package io.orderly.coordinator.lease;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/** An input of a {@link LeaseClock}. Tickets are its own numbers, from {@link LeaseEffect}; tokens are numbers of the caller. */
public sealed interface LeaseInput {

    /** @param nowNanos of a monotonic clock with any origin; a lower value than before counts as no time */
    record Tick(long nowNanos) implements LeaseInput {}

    /** This node leads under this ballot, according to the status of its replica. */
    record BecameLeader(Ballot ballot) implements LeaseInput {}

    /** This node no longer leads. */
    record SteppedDown() implements LeaseInput {}

    /** A client requests the renewal of its lease. */
    record KeepAlive(long token, long lease) implements LeaseInput {}

    /** This node led at some time after it was asked to {@linkplain LeaseEffect.Confirm confirm} that. */
    record Confirmed(long ticket) implements LeaseInput {}

    /** A {@linkplain LeaseEffect.Propose proposal} was applied. The {@code Promised} and {@code Ended} that it caused came before. */
    record Applied(long ticket, StoreResponse answer) implements LeaseInput {}

    /** The request with this ticket was refused, without effect. */
    record Refused(long ticket) implements LeaseInput {}

    /** The outcome of the proposal is unknown. */
    record Unknown(long ticket) implements LeaseInput {}

    // changes applied by the store of this node

    /** @param leases all existing leases */
    record TookOver(Ballot clock, List<Lease> leases) implements LeaseInput {

        public TookOver {
            leases = List.copyOf(leases);
        }
    }

    /** A lease was granted or renewed, or its remaining time was checkpointed. */
    record Promised(Lease lease) implements LeaseInput {}

    record Ended(long lease) implements LeaseInput {}
}
