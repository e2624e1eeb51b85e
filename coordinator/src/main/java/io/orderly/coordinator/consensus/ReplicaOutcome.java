package io.orderly.coordinator.consensus;

/** What became of a request, told once for each token. */
public sealed interface ReplicaOutcome {

    long token();

    /**
     * Decided and handed out to be applied, in these {@link Effects} at the latest. A change of members is answered when a quorum of
     * the new ones has written down that it is decided.
     *
     * @param slot whose result is the answer
     */
    record Applied(long token, long slot) implements ReplicaOutcome {}

    /** Refused, without any effect now or later. */
    record NotApplied(long token, Refusal refusal) implements ReplicaOutcome {}

    /** It may have taken effect, or may yet, or never will: this node ceased to lead while it was under way. */
    record Unknown(long token) implements ReplicaOutcome {}

    /**
     * The read may look at the state machine as it is once everything in {@link Effects#apply()} so far is applied.
     *
     * @param slot the read sees every slot up to this one, at least
     */
    record Readable(long token, long slot) implements ReplicaOutcome {}

    /** The target has taken over: it stood, and this node stepped down for its ballot. */
    record HandedOver(long token) implements ReplicaOutcome {}
}
