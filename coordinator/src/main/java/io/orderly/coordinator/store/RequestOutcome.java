package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Outcome;
import io.orderly.coordinator.consensus.Refusal;
import org.jspecify.annotations.Nullable;

/** What is certain about a client's command. */
public sealed interface RequestOutcome {

    /** It has had no effect and will have none. */
    record NotApplied(Reason reason) implements RequestOutcome {}

    /** It took effect, once if it was in a session, as often as it was sent if not. */
    record Applied(StoreAnswer answer) implements RequestOutcome {}

    /** It may have taken effect, or may yet. In a session it is safe to send it again; else it is not. */
    record Unknown() implements RequestOutcome {}

    /** Why it has had no effect. */
    sealed interface Reason {

        /** Consensus did not take it. Another try, perhaps elsewhere, may do. */
        record NotTaken(Refusal refusal) implements Reason {}

        /** The state refused it. */
        record Refused(StoreAnswer.Refused answer) implements Reason {}
    }

    /**
     * What one attempt tells, if it was the only one.
     *
     * @param answer of {@link Outcome.Applied} alone; null with every other outcome
     * @throws IllegalArgumentException for outcomes that are not those of a command
     */
    static RequestOutcome of(Outcome outcome, @Nullable StoreAnswer answer) {
        return switch (outcome) {
            case Outcome.Applied _
            when answer instanceof StoreAnswer.Refused refused -> new NotApplied(new Reason.Refused(refused));
            case Outcome.Applied _ when answer != null -> new Applied(answer);
            case Outcome.NotApplied(long _, var refusal) -> new NotApplied(new Reason.NotTaken(refusal));
            case Outcome.Unknown _ -> new Unknown();
            case Outcome.Applied _, Outcome.Readable _, Outcome.HandedOver _ ->
                throw new IllegalArgumentException(
                        "%s with answer %s is not that of a command".formatted(outcome, answer));
        };
    }

    /**
     * What is certain once there was one more attempt at the same command of a session.
     *
     * @param latest of the attempt by itself
     */
    default RequestOutcome then(RequestOutcome latest) {
        boolean saysNothingOfEarlierOnes = latest instanceof NotApplied(Reason reason)
                && !(reason instanceof Reason.Refused(StoreAnswer.Refused refused) && isKept(refused.refusal()));
        return this instanceof Unknown && saysNothingOfEarlierOnes ? this : latest;
    }

    /** Whether the state refused the command itself, and would have said the same to each attempt. */
    private static boolean isKept(StoreRefusal refusal) {
        return !(refusal instanceof StoreRefusal.SessionNotFound
                || refusal instanceof StoreRefusal.AnsweredBefore
                || refusal instanceof StoreRefusal.SessionWindowFull);
    }
}
