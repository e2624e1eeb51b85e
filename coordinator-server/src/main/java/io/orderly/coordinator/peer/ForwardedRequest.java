package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;

/** A request of a client that only the leader can serve. */
public sealed interface ForwardedRequest {

    /** @param command as encoded by {@link io.orderly.coordinator.store.CommandCodec} */
    record Execute(byte[] command) implements ForwardedRequest {}

    /** Requests the slot up to which a state must be applied to be read linearizably. Serves any number of reads that began before it. */
    record ReadBarrier() implements ForwardedRequest {}

    record KeepAlive(long lease) implements ForwardedRequest {}

    record TimeToLive(long lease) implements ForwardedRequest {}

    record AllocateTimestamps(int count) implements ForwardedRequest {}

    record ChangeMembership(MembershipRequest change) implements ForwardedRequest {}

    record TransferLeadership(NodeId target) implements ForwardedRequest {}
}
