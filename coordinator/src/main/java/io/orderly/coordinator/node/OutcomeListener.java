package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.ReplicaOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The way back to those who asked.
 *
 * @param <R> the state machine's results
 */
@FunctionalInterface
public interface OutcomeListener<R> {

    /** @param result of {@link ReplicaOutcome.Applied} alone; null with every other outcome */
    void answer(ReplicaOutcome outcome, @Nullable R result);
}
