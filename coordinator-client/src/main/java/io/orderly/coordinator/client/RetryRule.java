package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Decides whether a failed attempt is followed by another. */
record RetryRule(Backoff backoff, RandomGenerator random) {

    /** Whether a request may be executed twice. */
    enum Repetition {
        /** Two executions have the effect of one: reads, guarded writes, the grant of a lease with a chosen id. */
        SAFE,
        /** Two executions may have another effect than one. */
        UNSAFE
    }

    sealed interface Decision {

        /** Another attempt after a delay, with another member. */
        record Retry(Duration delay) implements Decision {}

        record GiveUp() implements Decision {}
    }

    /**
     * @param attempts that were made, from 1
     * @param remaining of the request's timeout
     */
    Decision after(Failure failure, Repetition repetition, int attempts, Duration remaining) {
        boolean repeatable = switch (failure.effect()) {
            case NONE -> true;
            case UNKNOWN -> repetition == Repetition.SAFE;
            case REFUSED -> false;
        };
        if (!repeatable) {
            return new Decision.GiveUp();
        }
        Duration delay = backoff.delay(attempts, random);
        return delay.compareTo(remaining) < 0 ? new Decision.Retry(delay) : new Decision.GiveUp();
    }
}
