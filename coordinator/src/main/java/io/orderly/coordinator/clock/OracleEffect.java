package io.orderly.coordinator.clock;

import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Refusal;
import java.time.Duration;

/** An effect of a step of the {@link TimestampOracle}, to be carried out by its caller. */
public sealed interface OracleEffect {

    /**
     * Pass an {@link Input.Read} of the node to the replica, and return its outcome.
     *
     * @param token identifies the oracle's request
     */
    record ConfirmLeadership(long token) implements OracleEffect {}

    /**
     * Propose to raise the replicated bound, with origin node, and return the outcome.
     *
     * @param token identifies the oracle's request
     * @param bound packed as by {@link io.orderly.clock.HybridTimestamp#toLong()}; the highest that may be returned once it is raised
     */
    record RaiseBound(long token, long bound) implements OracleEffect {}

    /** A response to a client. */
    sealed interface Response extends OracleEffect {

        /** Of {@link OracleInput.Requested}. */
        long request();
    }

    record Granted(long request, TimestampRange range) implements Response {}

    /** No timestamp was returned; the request can be repeated, on this node or another. */
    record Refused(long request, Refusal refusal) implements Response {}

    /**
     * The next timestamp is too far ahead of this leader's clock: the clock was set back, the clock of an earlier leader was fast,
     * or more timestamps are requested than fit into the time. The condition ends as time passes; a wrong clock must be corrected.
     *
     * @param ahead by how much; more than {@link OracleSettings#maxDrift()}
     */
    record AheadOfClock(long request, Duration ahead) implements Response {}
}
