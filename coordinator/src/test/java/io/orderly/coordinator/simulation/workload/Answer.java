package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Outcome;
import io.orderly.coordinator.consensus.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells a client; it may also tell nothing at all.
 *
 * @param <R> the result
 */
public sealed interface Answer<R> {

    /** It took effect, once. */
    record Done<R>(R result) implements Answer<R> {}

    /** It did not take effect through this node, and will not. */
    record Refused<R>(@Nullable NodeId leader) implements Answer<R> {}

    /** The node cannot say. */
    record Unknown<R>() implements Answer<R> {}

    /** @throws IllegalArgumentException if it is an outcome that has a result */
    static <R> Answer<R> withoutResult(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotApplied refused ->
                new Refused<>(refused.refusal() instanceof Refusal.NotLeader other ? other.leader() : null);
            case Outcome.Unknown _, Outcome.HandedOver _ -> new Unknown<>();
            case Outcome.Applied _, Outcome.Readable _ -> throw new IllegalArgumentException(outcome.toString());
        };
    }
}
