package io.orderly.coordinator.simulation;

/**
 * A violated property.
 *
 * @param property its name
 * @param detail what was observed
 */
public record Violation(Phase phase, String property, String detail) {

    @Override
    public String toString() {
        return "%s: %s".formatted(property, detail);
    }
}
