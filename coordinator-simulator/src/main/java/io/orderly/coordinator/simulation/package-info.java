/**
 * Whole clusters of the production classes in virtual time, on simulated disks and a simulated network, under faults.
 *
 * <p>A run is a function of its seed: everything random comes from it, and nothing else decides what happens next. After every
 * step the invariants are checked; at the end the clients' history is; then faults stop, and progress must return. The manner is
 * that of FoundationDB (Zhou et al., "FoundationDB: a distributed unbundled transactional key value store", SIGMOD 2021, section
 * 4) and TigerBeetle; that each run draws its own mix of faults is swarm testing (Groce et al., ISSTA 2012).
 */
@NullMarked
package io.orderly.coordinator.simulation;

import org.jspecify.annotations.NullMarked;
