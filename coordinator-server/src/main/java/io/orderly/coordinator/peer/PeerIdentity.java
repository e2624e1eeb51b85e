package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.NodeId;
import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * The identity of this member in each handshake.
 *
 * @param cluster members of another one are refused
 * @param incarnation of its data folder: a member that lost its disk has another one, and is refused under its old id
 * @param address its address for the others; they use it until they have applied the change that added this member
 */
public record PeerIdentity(UUID cluster, NodeId node, long incarnation, InetSocketAddress address) {}
