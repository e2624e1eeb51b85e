package io.orderly.coordinator.simulation.history;

/**
 * @param operations how many were checked
 * @param unknown of how many it is not known whether they took effect
 * @param reason empty if the verdict is {@link Linearizability#HOLDS}
 */
public record LinearizabilityResult(Linearizability verdict, int operations, int unknown, String reason) {}
