package io.orderly.coordinator.server;

/**
 * The hash of a replicated state.
 *
 * @param slot the last that was applied to it; 0 for the initial state
 * @param hash equal for equal states
 */
public record StateHash(long slot, long hash) {}
