package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import org.jspecify.annotations.Nullable;

/** The outcome of a client's command, as far as it is certain. */
public sealed interface CommandOutcome {

    /** It has had no effect and will have none. */
    record NotApplied(Reason reason) implements CommandOutcome {}

    /** It took effect: once if it was in a session, otherwise as often as it was sent. */
    record Applied(StoreResponse answer) implements CommandOutcome {}

    /** It may have taken effect, or may still take effect. It is safe to repeat only in a session. */
    record Unknown() implements CommandOutcome {}

    /** Why it has had no effect. */
    sealed interface Reason {

        /** Consensus refused it. A retry, perhaps on another node, may succeed. */
        record NotTaken(Refusal refusal) implements Reason {}

        /** The store refused it. */
        record Refused(StoreResponse.Refused answer) implements Reason {}
    }

    /**
     * The outcome of a single attempt.
     *
     * @param answer the response of {@link ReplicaOutcome.Applied}; null for every other outcome
     * @throws IllegalArgumentException for outcomes that are not those of a command
     */
    static CommandOutcome of(ReplicaOutcome outcome, @Nullable StoreResponse answer) {
        return switch (outcome) {
            case ReplicaOutcome.Applied _
            when answer instanceof StoreResponse.Refused refused -> new NotApplied(new Reason.Refused(refused));
            case ReplicaOutcome.Applied _ when answer != null -> new Applied(answer);
            case ReplicaOutcome.NotApplied(long _, var refusal) -> new NotApplied(new Reason.NotTaken(refusal));
            case ReplicaOutcome.Unknown _ -> new Unknown();
            case ReplicaOutcome.Applied _, ReplicaOutcome.Readable _, ReplicaOutcome.HandedOver _ ->
                throw new IllegalArgumentException(
                        "%s with answer %s is not that of a command".formatted(outcome, answer));
        };
    }

    /**
     * The outcome after one more attempt of the same command of a session.
     *
     * @param latest of the attempt by itself
     */
    default CommandOutcome then(CommandOutcome latest) {
        boolean saysNothingOfEarlierOnes = latest instanceof NotApplied(Reason reason)
                && !(reason instanceof Reason.Refused(StoreResponse.Refused refused) && isKept(refused.refusal()));
        return this instanceof Unknown && saysNothingOfEarlierOnes ? this : latest;
    }

    /** Whether the state refused the command itself, and would have refused every attempt. */
    private static boolean isKept(StoreRefusal refusal) {
        return !(refusal instanceof StoreRefusal.SessionNotFound
                || refusal instanceof StoreRefusal.AlreadyAcknowledged
                || refusal instanceof StoreRefusal.SessionWindowFull
                || refusal instanceof StoreRefusal.Auth);
    }
}
