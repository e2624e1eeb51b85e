package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.ReplicaOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Receives the outcome of each request to a node.
 *
 * @param <R> the state machine's results
 */
@FunctionalInterface
public interface OutcomeListener<R> {

    /** @param result the result of {@link ReplicaOutcome.Applied}; null for every other outcome */
    void completed(ReplicaOutcome outcome, @Nullable R result);
}
