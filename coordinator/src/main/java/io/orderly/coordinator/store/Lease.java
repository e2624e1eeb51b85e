package io.orderly.coordinator.store;

/**
 * A lease as it is replicated. Only the leader's clock knows when it will end.
 *
 * @param id not 0
 * @param ttlMillis how long it lives without renewal
 * @param remainingMillis the time that a new leader gives it, from when it takes over; at most {@code ttlMillis}
 */
public record Lease(long id, long ttlMillis, long remainingMillis) {}
