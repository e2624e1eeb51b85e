/**
 * Agreement among a few nodes on one log: a pure, deterministic state machine.
 *
 * <p>Messages, ticks and proposals go in; messages to send, records to persist and entries to apply come out. There are no
 * threads, files, sockets, clocks or random numbers in here but those that are handed in, so that a simulator can run whole
 * clusters of this very code and reproduce each run from its seed.
 *
 * <p>The protocol is Multi-Paxos with a stable leader over a contiguous log, as formulated by Howard and Mortier, "Paxos vs
 * Raft: Have we reached consensus on distributed consensus?" (PaPoC 2020).
 */
@NullMarked
package io.orderly.coordinator.consensus;

import org.jspecify.annotations.NullMarked;
