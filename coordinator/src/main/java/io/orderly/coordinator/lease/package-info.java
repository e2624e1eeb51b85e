/**
 * The leader's clock for leases: it renews them, writes down how much time they have left, and ends those whose time is up.
 *
 * <p>What a lease is promised is replicated by {@link io.orderly.coordinator.store}; how time passes is known on the leader alone.
 * The clock is a pure state machine, as consensus is: {@link io.orderly.coordinator.lease.LeaseInput}s go in, {@link
 * io.orderly.coordinator.lease.LeaseEffect}s come out.
 *
 * <p>The promise: a client that is told at some time that its lease has so much time left, holds the lease for that long, counted
 * from when it asked, on a clock that runs no faster than its own; whatever happens to leaders meanwhile. So a client that counts
 * from when it asked, less the drift of clocks, never takes a lease for its own that has ended.
 */
@NullMarked
package io.orderly.coordinator.lease;

import org.jspecify.annotations.NullMarked;
