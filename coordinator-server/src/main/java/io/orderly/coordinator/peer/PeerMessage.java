package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.server.StateHash;

/** A message between members. It may be lost, or arrive twice, or late. */
public sealed interface PeerMessage {

    /** A message of the consensus protocol. */
    record Consensus(Message message) implements PeerMessage {}

    /**
     * A request that a follower forwards to the leader.
     *
     * @param id chosen by the sender, returned with the reply
     */
    record Request(long id, ForwardedRequest request) implements PeerMessage {}

    /** @param id of the request */
    record Reply(long id, ForwardedReply reply) implements PeerMessage {}

    /**
     * What a member tells all others of itself, at intervals.
     *
     * @param state the hash of a recent state
     * @param isDiskLow whether its disk is nearly full
     */
    record Report(StateHash state, boolean isDiskLow) implements PeerMessage {}
}
