package io.orderly.coordinator.consensus;

/** The outcome of a request, reported once for each token. */
public sealed interface ReplicaOutcome {

    long token();

    /**
     * Decided and passed on to be applied, in these {@link Effects} at the latest. For a membership change: a quorum of the new
     * members has recorded durably that it is decided.
     *
     * @param slot whose result is the response
     */
    record Applied(long token, long slot) implements ReplicaOutcome {}

    /** Refused, without any effect now or later. */
    record NotApplied(long token, Refusal refusal) implements ReplicaOutcome {}

    /** It may have taken effect, may yet, or never will: this node stopped leading before it was decided. */
    record Unknown(long token) implements ReplicaOutcome {}

    /**
     * The state machine may be read once everything in {@link Effects#apply()} so far is applied.
     *
     * @param slot the read sees every slot up to this one, at least
     */
    record Readable(long token, long slot) implements ReplicaOutcome {}

    /** The target has taken over: this node stepped down for its ballot. */
    record HandedOver(long token) implements ReplicaOutcome {}
}
