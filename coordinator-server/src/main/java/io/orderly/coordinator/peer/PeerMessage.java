package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.Message;

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
}
