package io.orderly.payment.charging;

import java.time.Duration;

/** How an errand ended. */
sealed interface SettlementOutcome {

    SettlementAttempt errand();

    /** The provider has answered. */
    record Answered(SettlementAttempt errand, ProviderAnswer answer) implements SettlementOutcome {}

    /**
     * It has not, and the payment stays open.
     *
     * @param attempts the errand's, less one if the provider was certainly not asked
     * @param rest until somebody sets out again
     */
    record Unknown(SettlementAttempt errand, int attempts, Duration rest) implements SettlementOutcome {}
}
