package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells a client; it may also tell nothing at all.
 *
 * @param <R> the result
 */
public sealed interface Reply<R> {

    /** It took effect, once. */
    record Done<R>(R result) implements Reply<R> {}

    /** It did not take effect through this node, and will not. */
    record Refused<R>(@Nullable NodeId leader) implements Reply<R> {}

    /** The node cannot say. */
    record Unknown<R>() implements Reply<R> {}

    /** @throws IllegalArgumentException if it is an outcome that has a result */
    static <R> Reply<R> withoutResult(ReplicaOutcome outcome) {
        return switch (outcome) {
            case ReplicaOutcome.NotApplied refused ->
                new Refused<>(refused.refusal() instanceof Refusal.NotLeader other ? other.leader() : null);
            case ReplicaOutcome.Unknown _, ReplicaOutcome.HandedOver _ -> new Unknown<>();
            case ReplicaOutcome.Applied _, ReplicaOutcome.Readable _ ->
                throw new IllegalArgumentException(outcome.toString());
        };
    }
}
