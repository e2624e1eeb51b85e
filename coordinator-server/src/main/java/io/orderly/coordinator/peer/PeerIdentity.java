package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.NodeId;
import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * Who this member is, as it says in each handshake.
 *
 * @param cluster members of another one are refused
 * @param incarnation of its data folder: a member that lost its disk has another one, and is refused under its old id
 * @param address where the others reach it; they use it as long as they have not applied the change that added this member
 */
public record PeerIdentity(UUID cluster, NodeId node, long incarnation, InetSocketAddress address) {}
