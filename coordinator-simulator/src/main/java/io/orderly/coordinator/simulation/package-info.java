/**
 * Clusters of the production code in virtual time, on simulated disks and a simulated network, under faults.
 *
 * <p>A run is a function of its seed, from which all random choices come. After every step the invariants are checked; when the
 * faults end, progress must return; at the end the clients' history is checked. The method is that of FoundationDB (Zhou et al.,
 * "FoundationDB: a distributed unbundled transactional key value store", SIGMOD 2021, section
 * 4) and TigerBeetle; that each run draws its own mix of faults is swarm testing (Groce et al., ISSTA 2012).
 */
@NullMarked
package io.orderly.coordinator.simulation;

import org.jspecify.annotations.NullMarked;
