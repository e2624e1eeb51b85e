package io.orderly.coordinator.client;

import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import java.util.Optional;

/** The outcome of a write after its last attempt, as far as it is certain. */
public sealed interface WriteOutcome {

    /**
     * The write took effect, once.
     *
     * @param revision at which it took effect
     * @param succeeded whether the compares of the transaction held, and so which of its two lists was executed
     * @param answers one for each operation; empty if the response was lost and a repeated attempt found that the write had already taken
     *     effect
     */
    record Applied(long revision, boolean succeeded, Optional<List<StoreResponse>> answers) implements WriteOutcome {

        public Applied {
            answers = answers.map(List::copyOf);
        }
    }

    /** The write has had no effect, and will have none. */
    record NotApplied(Reason reason) implements WriteOutcome {}

    /**
     * The write may have taken effect, or may still do so. With the session's guard this occurs only if the members could not be reached
     * until the timeout, or the session has ended meanwhile.
     *
     * @param cause of the last attempt, for people
     */
    record Unknown(String cause) implements WriteOutcome {}

    /** Why a write has had no effect. */
    sealed interface Reason {

        /**
         * The compares did not hold, and the transaction has nothing to do in that case.
         *
         * @param revision at which they did not hold
         */
        record ConditionFailed(long revision) implements Reason {}

        /** The lease of the write, or that of the session, has ended. */
        record LeaseEnded() implements Reason {}

        /**
         * The members refused the write.
         *
         * @param code the gRPC status code
         * @param message of the member
         */
        record Refused(String code, String message) implements Reason {}

        /** No member could be reached until the timeout. */
        record Unreachable(String cause) implements Reason {}
    }

    /**
     * The outcome if it is {@link Applied}.
     *
     * @throws CoordinatorException if it is not; {@link CoordinatorException#outcome()} has it
     */
    default Applied orThrow() {
        if (this instanceof Applied applied) {
            return applied;
        }
        throw new CoordinatorException(this);
    }
}
