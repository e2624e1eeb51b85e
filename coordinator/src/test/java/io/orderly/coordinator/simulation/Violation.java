package io.orderly.coordinator.simulation;

/**
 * A broken promise.
 *
 * @param promise its name
 * @param detail what was seen
 */
public record Violation(Phase phase, String promise, String detail) {

    @Override
    public String toString() {
        return "%s: %s".formatted(promise, detail);
    }
}
