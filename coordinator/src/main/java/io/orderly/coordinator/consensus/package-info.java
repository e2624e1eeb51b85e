/**
 * Consensus of a few nodes on one log: a pure, deterministic state machine.
 *
 * <p>Messages, ticks and proposals go in; messages to send, records to persist and entries to apply come out. It has no threads,
 * files, sockets, clocks or random numbers except those that are passed in, so a simulator can run clusters of this code and
 * reproduce each run from its seed.
 *
 * <p>The protocol is Multi-Paxos with a stable leader over a contiguous log, as formulated by Howard and Mortier, "Paxos vs
 * Raft: Have we reached consensus on distributed consensus?" (PaPoC 2020).
 */
@NullMarked
package io.orderly.coordinator.consensus;

import org.jspecify.annotations.NullMarked;
