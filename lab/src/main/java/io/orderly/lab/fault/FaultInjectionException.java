package io.orderly.lab.fault;

import org.jspecify.annotations.Nullable;

/** Thrown if a fault could not be injected or healed. The experiment that uses the fault is then not valid. */
public final class FaultInjectionException extends RuntimeException {

    private final @Nullable String field;

    FaultInjectionException(@Nullable String field, String message) {
        super(message);
        this.field = field;
    }

    FaultInjectionException(String message, Throwable cause) {
        super(message, cause);
        this.field = null;
    }

    /** The invalid field of the fault, such as {@code link}; null if the fault itself is valid. */
    public @Nullable String field() {
        return field;
    }
}
