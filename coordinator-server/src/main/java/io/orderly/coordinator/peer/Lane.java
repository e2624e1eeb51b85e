package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.Message;

/**
 * One of the two connections to a peer. Messages of one lane arrive in the order in which they were sent, if they arrive; messages of
 * different lanes may overtake each other.
 *
 * <p>All {@link Message.Accept} share a lane: a follower answers one that arrives before its predecessor with a
 * {@link Message.LogGap}, and the leader sends again.
 */
enum Lane {
    /** For small messages. A heartbeat never waits behind a batch or a part of a snapshot. */
    URGENT,
    /** For batches, parts of snapshots, and other large messages. */
    BULK;

    /** A larger message is not urgent. */
    static final int MAX_URGENT_BYTES = 16 << 10;

    /** @param bytes its approximate size */
    static Lane of(PeerMessage message, int bytes) {
        return switch (message) {
            case PeerMessage.Consensus(Message.Accept _), PeerMessage.Consensus(Message.SnapshotChunk _) -> BULK;
            case PeerMessage.Consensus _, PeerMessage.Request _, PeerMessage.Reply _, PeerMessage.Report _ ->
                bytes > MAX_URGENT_BYTES ? BULK : URGENT;
        };
    }
}
