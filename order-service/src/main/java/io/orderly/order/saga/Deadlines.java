package io.orderly.order.saga;

import io.orderly.contracts.SagaStep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a reply is awaited. The first attempt of a step has its own time; each further one has twice the time of the one
 * before, up to a limit, so that a participant that is away is asked again for ever but not stormed.
 */
public final class Deadlines {

    private static final int MAX_DOUBLINGS = 20;

    private final Map<SagaStep, Duration> firstAttempts;
    private final Duration longest;

    /**
     * @param firstAttempts for every step
     * @param longest the limit for every further attempt; a first attempt may have more
     * @throws IllegalArgumentException if a step is missing or a time is not positive
     */
    public Deadlines(Map<SagaStep, Duration> firstAttempts, Duration longest) {
        for (SagaStep step : SagaStep.values()) {
            Duration first = firstAttempts.get(step);
            if (first == null || !first.isPositive()) {
                throw new IllegalArgumentException("expected a time above zero for " + step + ", got " + first);
            }
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("expected a limit above zero, got " + longest);
        }
        this.firstAttempts = new EnumMap<>(firstAttempts);
        this.longest = longest;
    }

    /** @param attempt from 1 */
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
