/**
 * The leader's clock for leases: it renews leases, checkpoints their remaining time, and expires them.
 *
 * <p>The promised time of a lease is replicated by {@link io.orderly.coordinator.store}; the passing of time is known to the leader
 * alone.
 * The clock is a pure state machine, as consensus is: {@link io.orderly.coordinator.lease.LeaseInput}s are its inputs,
 * {@link io.orderly.coordinator.lease.LeaseEffect}s its effects.
 *
 * <p>The guarantee: a client that receives a remaining time holds the lease for that long, counted from when it sent the request,
 * on a clock that runs no faster than its own, whatever leaders change meanwhile. So a client that counts from sending the request,
 * less the drift of clocks, never assumes that it holds a lease that has ended.
 */
@NullMarked
package io.orderly.coordinator.lease;

import org.jspecify.annotations.NullMarked;
