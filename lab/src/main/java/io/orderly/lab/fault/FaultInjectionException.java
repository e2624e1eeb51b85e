package io.orderly.lab.fault;

import org.jspecify.annotations.Nullable;

/** A fault that could not be injected or healed: whatever runs under it is no valid experiment. */
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

    /** The part of the fault that is to blame, such as {@code link}; null if it was no slip of the pen. */
    public @Nullable String field() {
        return field;
    }
}
