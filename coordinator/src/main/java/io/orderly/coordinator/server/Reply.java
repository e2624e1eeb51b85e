package io.orderly.coordinator.server;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a node to a request. A node that fails sends none.
 *
 * @param <R> the result
 */
public sealed interface Reply<R> {

    /** The request was executed. A command may still have been {@linkplain io.orderly.coordinator.store.StoreResponse.Refused refused} by the store. */
    record Completed<R>(R result) implements Reply<R> {}

    /** The request had no effect through this node, and will have none. */
    record Refused<R>(Refusal refusal) implements Reply<R> {

        /** The node to ask instead; null if this node does not know the leader, or refused for another reason. */
        public @Nullable NodeId leader() {
            return refusal instanceof Refusal.NotLeader other ? other.leader() : null;
        }
    }

    /**
     * The request had no effect. This node leads, and can serve the request later.
     *
     * @param delay after which the request can succeed, if the clocks are right
     */
    record RetryLater<R>(Duration delay) implements Reply<R> {}

    /** The request may have taken effect, may yet take effect, or never will. */
    record Unknown<R>() implements Reply<R> {}

    /** @throws IllegalArgumentException if the outcome has a result */
    static <R> Reply<R> withoutResult(ReplicaOutcome outcome) {
        return switch (outcome) {
            case ReplicaOutcome.NotApplied refused -> new Refused<>(refused.refusal());
            case ReplicaOutcome.Unknown _, ReplicaOutcome.HandedOver _ -> new Unknown<>();
            case ReplicaOutcome.Applied _, ReplicaOutcome.Readable _ ->
                throw new IllegalArgumentException(outcome.toString());
        };
    }
}
