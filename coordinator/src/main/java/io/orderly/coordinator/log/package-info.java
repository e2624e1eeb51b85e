/**
 * What a node must not forget, on disk: a write-ahead log in segments, and snapshots.
 *
 * <p>A record is durable before anything that depends on it leaves the node. A torn tail is told from corruption, and what
 * cannot be told apart counts as corrupt (Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage", FAST 2018).
 */
@NullMarked
package io.orderly.coordinator.log;

import org.jspecify.annotations.NullMarked;
