package io.orderly.coordinator.consensus;

/** What became of a request, told once for each token. */
public sealed interface Outcome {

    long token();

    /**
     * Decided and handed out to be applied, in these {@link Effects} at the latest.
     *
     * @param slot whose result is the answer
     */
    record Applied(long token, long slot) implements Outcome {}

    /** Refused, without any effect now or later. */
    record NotApplied(long token, Refusal refusal) implements Outcome {}

    /** It may have taken effect, or may yet, or never will: this node ceased to lead while it was under way. */
    record Unknown(long token) implements Outcome {}

    /**
     * The read may look at the state machine as it is once everything in {@link Effects#apply()} so far is applied.
     *
     * @param slot the read sees every slot up to this one, at least
     */
    record Readable(long token, long slot) implements Outcome {}

    /** Leadership went away from this node while it was being transferred, most likely to the target. */
    record HandedOver(long token) implements Outcome {}
}
