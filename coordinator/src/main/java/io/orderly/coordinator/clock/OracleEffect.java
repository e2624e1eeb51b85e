package io.orderly.coordinator.clock;

import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Refusal;
import java.time.Duration;

/** What a step of the {@link TimestampOracle} asks of the edge. */
public sealed interface OracleEffect {

    /**
     * Hand {@link Input.Read} on behalf of the node to the replica, and the outcome back.
     *
     * @param token tells the oracle's questions apart
     */
    record ConfirmLeadership(long token) implements OracleEffect {}

    /**
     * Propose to raise the replicated bound, on behalf of the node, and hand the outcome back.
     *
     * @param token tells the oracle's questions apart
     * @param bound packed as by {@link io.orderly.clock.HybridTimestamp#toLong()}; the highest that may be handed out then
     */
    record RaiseBound(long token, long bound) implements OracleEffect {}

    /** What a client is told. */
    sealed interface Response extends OracleEffect {

        /** Of {@link OracleInput.Requested}. */
        long request();
    }

    record Granted(long request, TimestampRange range) implements Response {}

    /** No timestamp was handed out; asking again, perhaps elsewhere, does no harm. */
    record Refused(long request, Refusal refusal) implements Response {}

    /**
     * The next timestamp lies too far ahead of this leader's clock: the clock went back, or that of a leader before was fast, or
     * more is asked for than time has room for. It passes as time passes; a clock that is wrong must be set right.
     *
     * @param ahead by how much; more than {@link OracleSettings#maxDrift()}
     */
    record AheadOfClock(long request, Duration ahead) implements Response {}
}
