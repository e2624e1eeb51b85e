package io.orderly.coordinator.lease;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/** What may happen to a {@link LeaseClock}. Tickets are its own numbers, from {@link LeaseEffect}; tokens are those of who asks. */
public sealed interface LeaseInput {

    /** @param nowNanos of a monotonic clock with any origin; a lower value than before counts as no time */
    record Tick(long nowNanos) implements LeaseInput {}

    /** This node leads, under this ballot, as the status of its replica says. */
    record BecameLeader(Ballot ballot) implements LeaseInput {}

    /** This node leads no longer. */
    record SteppedDown() implements LeaseInput {}

    /** A client wants its lease renewed. */
    record KeepAlive(long token, long lease) implements LeaseInput {}

    /** This node led at some time after it was asked to {@linkplain LeaseEffect.Confirm confirm} that. */
    record Confirmed(long ticket) implements LeaseInput {}

    /** A {@linkplain LeaseEffect.Propose proposal} was applied. The {@code Promised} and {@code Ended} that it caused came before. */
    record Applied(long ticket, StoreResponse answer) implements LeaseInput {}

    /** What was asked for by this ticket was refused, without effect. */
    record Refused(long ticket) implements LeaseInput {}

    /** Nobody knows what became of the proposal. */
    record Unknown(long ticket) implements LeaseInput {}

    // what the store on this node has applied

    /** @param leases all that there are */
    record TookOver(Ballot clock, List<Lease> leases) implements LeaseInput {

        public TookOver {
            leases = List.copyOf(leases);
        }
    }

    /** A lease was granted or renewed, or its remaining time was written down. */
    record Promised(Lease lease) implements LeaseInput {}

    record Ended(long lease) implements LeaseInput {}
}
