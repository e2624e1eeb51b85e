package io.orderly.coordinator.simulation.history;

/**
 * @param operations the number of checked operations
 * @param unknown the number of operations whose outcome is unknown
 * @param reason empty if the verdict is {@link Linearizability#HOLDS}
 */
public record LinearizabilityResult(Linearizability verdict, int operations, int unknown, String reason) {}
