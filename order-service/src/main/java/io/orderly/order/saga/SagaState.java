package io.orderly.order.saga;

import io.orderly.contracts.SagaStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of a saga. */
public sealed interface SagaState {

    /** When the saga is to receive {@link SagaInput.TimePassed}; empty if it has no deadline. */
    default Optional<Instant> nextDeadline() {
        return this instanceof Active active ? Optional.of(active.deadline()) : Optional.empty();
    }

    /** Running: a command was sent, and its reply is awaited until the deadline. */
    sealed interface Active extends SagaState {

        SagaStep awaited();

        /** The number of times that the command of the awaited step was sent, from 1. */
        int attempt();

        Instant deadline();
    }

    /** Running forward: every step before the awaited step is completed. */
    record Forward(SagaStep awaited, int attempt, Instant deadline) implements Active {

        public Forward {
            if (awaited.isCompensation()) {
                throw new IllegalArgumentException("expected a forward step, got " + awaited);
            }
        }
    }

    /**
     * Compensating.
     *
     * @param remaining the compensations that are not completed, in execution order; the reply to the first is awaited
     * @param outcome the state in which the saga will end
     */
    record Compensating(List<SagaStep> remaining, int attempt, Instant deadline, Compensated outcome)
            implements Active {

        public Compensating {
            remaining = List.copyOf(remaining);
            if (remaining.isEmpty() || !remaining.stream().allMatch(SagaStep::isCompensation)) {
                throw new IllegalArgumentException("expected compensations, got " + remaining);
            }
        }

        @Override
        public SagaStep awaited() {
            return remaining.getFirst();
        }

        List<SagaStep> remainingAfterAwaited() {
            return remaining.subList(1, remaining.size());
        }
    }

    /**
     * Parked: the saga waits until an input resumes it, without a deadline.
     *
     * @param detail a sentence for humans
     * @param resumesAt the state in which the saga was parked and which it resumes
     */
    record Parked(ParkReason reason, String detail, Active resumesAt) implements SagaState {}

    /** A final state, which no input changes. */
    sealed interface Terminal extends SagaState {}

    /** Every step is completed, exactly once. */
    record Confirmed() implements Terminal {}

    /** Every completed step of the order is compensated. */
    sealed interface Compensated extends Terminal {

        Cause cause();
    }

    /** The order could not be fulfilled. */
    record Rejected(Cause cause) implements Compensated {}

    /** The customer cancelled the order. */
    record Cancelled(Cause cause) implements Compensated {}
}
