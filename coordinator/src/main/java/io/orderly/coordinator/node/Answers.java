package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The way back to those who asked.
 *
 * @param <R> the state machine's results
 */
@FunctionalInterface
public interface Answers<R> {

    /** @param result of {@link Outcome.Applied} alone; null with every other outcome */
    void answer(Outcome outcome, @Nullable R result);
}
