/**
 * A member of a cluster on UDP: one socket and one thread around {@link io.orderly.gossip.protocol.GossipMember}.
 */
@NullMarked
package io.orderly.gossip.udp;

import org.jspecify.annotations.NullMarked;
