package io.orderly.coordinator.member;

/**
 * How long a lease lives.
 *
 * @param remainingMillis until it ends without renewal
 * @param ttlMillis its full time
 */
public record TimeToLive(long remainingMillis, long ttlMillis) {}
