package io.orderly.coordinator.clock;

import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;

/** An input of a {@link TimestampOracle}. */
public sealed interface OracleInput {

    /**
     * A client requests timestamps. It gets one response, an {@link OracleEffect.Response}.
     *
     * @param request a number of the caller, returned with the response
     * @param count as requested; it is validated here
     */
    record Requested(long request, int count) implements OracleInput {}

    /**
     * {@link OracleEffect.ConfirmLeadership} has the outcome {@link ReplicaOutcome.Readable}.
     *
     * @param token of the effect
     * @param bound of the replicated state at the time of this read
     */
    record Confirmed(long token, long bound) implements OracleInput {}

    /**
     * {@link OracleEffect.RaiseBound} has the outcome {@link ReplicaOutcome.Applied}.
     *
     * @param token of the effect
     * @param previous the bound before
     * @param bound the bound after: the one that was proposed, or {@code previous} if that was as high already
     */
    record Raised(long token, long previous, long bound) implements OracleInput {}

    /**
     * A request of the oracle has the outcome {@link ReplicaOutcome.NotApplied}, or {@link ReplicaOutcome.Unknown}, for which the refusal
     * is {@link Refusal.NotLeader}: it does not matter whether the bound was raised, since no timestamp was returned.
     *
     * @param token of the {@link Input.Read} or {@link Input.Propose}
     */
    record Failed(long token, Refusal refusal) implements OracleInput {}
}
