package io.orderly.coordinator.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that was not answered until its timeout, or was refused. */
public final class CoordinatorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable WriteOutcome outcome;

    CoordinatorException(String message) {
        super(message);
        outcome = null;
    }

    CoordinatorException(WriteOutcome outcome) {
        super("the write was not acknowledged: " + outcome);
        this.outcome = outcome;
    }

    /** The outcome of a write; empty for other requests, and after the exception was serialized. */
    public Optional<WriteOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}
