package io.orderly.payment.charging;

import java.time.Duration;

/** The outcome of a {@link SettlementAttempt}. */
sealed interface SettlementOutcome {

    SettlementAttempt attempt();

    /** The provider answered. */
    record Answered(SettlementAttempt attempt, ProviderAnswer answer) implements SettlementOutcome {}

    /**
     * The provider's answer is unknown, and the payment stays open.
     *
     * @param attempts the number of attempts so far; the current one is not counted if no request was sent
     * @param delay the delay before the next attempt
     */
    record Unknown(SettlementAttempt attempt, int attempts, Duration delay) implements SettlementOutcome {}
}
