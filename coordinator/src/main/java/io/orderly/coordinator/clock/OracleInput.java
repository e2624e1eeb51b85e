package io.orderly.coordinator.clock;

import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;

/** What may happen to a {@link TimestampOracle}. */
public sealed interface OracleInput {

    /**
     * A client wants timestamps. It is answered once, by an {@link OracleEffect.Response}.
     *
     * @param request the edge's own number, handed back with the answer
     * @param count as the client says; it is checked here
     */
    record Requested(long request, int count) implements OracleInput {}

    /**
     * {@link OracleEffect.ConfirmLeadership} came out as {@link ReplicaOutcome.Readable}.
     *
     * @param token of the effect
     * @param bound as it is in the replicated state when this read looks at it
     */
    record Confirmed(long token, long bound) implements OracleInput {}

    /**
     * {@link OracleEffect.RaiseBound} came out as {@link ReplicaOutcome.Applied}.
     *
     * @param token of the effect
     * @param previous the bound before
     * @param bound the bound after: the one that was proposed, or {@code previous} if that was as high already
     */
    record Raised(long token, long previous, long bound) implements OracleInput {}

    /**
     * What the oracle asked for came out as {@link ReplicaOutcome.NotApplied}, or as {@link ReplicaOutcome.Unknown}, for which the refusal is
     * {@link Refusal.NotLeader}: whether the bound was raised by then makes no difference, since nothing was handed out.
     *
     * @param token of the {@link Input.Read} or {@link Input.Propose}
     */
    record Failed(long token, Refusal refusal) implements OracleInput {}
}
