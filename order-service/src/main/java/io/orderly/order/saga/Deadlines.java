package io.orderly.order.saga;

import io.orderly.contracts.SagaStep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Computes how long a saga waits for a reply. Each step has its own first deadline; the wait doubles with each further attempt up
 * to a limit, so that retries never stop but do not overload a participant that becomes available again.
 */
public final class Deadlines {

    private static final int MAX_DOUBLINGS = 20;

    private final Map<SagaStep, Duration> firstAttempts;
    private final Duration longest;

    /**
     * @param firstAttempts the wait of the first attempt of every step
     * @param longest the longest wait of further attempts; a first attempt may wait longer
     * @throws IllegalArgumentException if a step is missing or a duration is not positive
     */
    public Deadlines(Map<SagaStep, Duration> firstAttempts, Duration longest) {
        for (SagaStep step : SagaStep.values()) {
            Duration first = firstAttempts.get(step);
            if (first == null || !first.isPositive()) {
                throw new IllegalArgumentException("expected a positive duration for " + step + ", got " + first);
            }
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("expected a positive limit, got " + longest);
        }
        this.firstAttempts = new EnumMap<>(firstAttempts);
        this.longest = longest;
    }

    /** @param attempt the number of the attempt, from 1 */
    Instant after(Instant sent, SagaStep step, int attempt) {
        return sent.plus(waitFor(step, attempt));
    }

    private Duration waitFor(SagaStep step, int attempt) {
        Duration first = firstAttempts.get(step);
        if (attempt <= 1) {
            return first;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
