package io.orderly.order.saga;

import io.orderly.contracts.SagaStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a saga stands. */
public sealed interface SagaState {

    /** When the saga wants to be told that time has passed; empty while it waits for nothing. */
    default Optional<Instant> nextDeadline() {
        return this instanceof Active active ? Optional.of(active.deadline()) : Optional.empty();
    }

    /** Under way: a command is out, and its reply is awaited until the deadline. */
    sealed interface Active extends SagaState {

        SagaStep awaited();

        /** How often the awaited step's command has been sent, from 1. */
        int attempt();

        Instant deadline();
    }

    /** On the way to being confirmed; every step before the awaited one is completed. */
    record Forward(SagaStep awaited, int attempt, Instant deadline) implements Active {

        public Forward {
            if (awaited.isCompensation()) {
                throw new IllegalArgumentException(awaited + " leads back, not forward");
            }
        }
    }

    /**
     * On the way back.
     *
     * @param remaining the compensations still to be completed, in their order; the first one is awaited
     * @param outcome how the saga will end
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
     * Stopped until something sets it going again; no deadline runs.
     *
     * @param detail a sentence for people
     * @param resumesAt where it stopped and will go on
     */
    record Parked(ParkReason reason, String detail, Active resumesAt) implements SagaState {}

    /** The end: no input changes it. */
    sealed interface Terminal extends SagaState {}

    /** Every step is done, exactly once. */
    record Confirmed() implements Terminal {}

    /** Everything that was done for the order is undone. */
    sealed interface Compensated extends Terminal {

        Cause cause();
    }

    /** The order could not be fulfilled. */
    record Rejected(Cause cause) implements Compensated {}

    /** The customer did not want it any more. */
    record Cancelled(Cause cause) implements Compensated {}
}
