package io.orderly.coordinator.simulation;

/**
 * A broken promise.
 *
 * @param property its name
 * @param detail what was seen
 */
public record Violation(Phase phase, String property, String detail) {

    @Override
    public String toString() {
        return "%s: %s".formatted(property, detail);
    }
}
