package io.orderly.payment.charging;

import java.time.Duration;

/** How an errand ended. */
sealed interface Outcome {

    Errand errand();

    /** The provider has answered. */
    record Answered(Errand errand, ProviderAnswer answer) implements Outcome {}

    /**
     * It has not, and the payment stays open.
     *
     * @param attempts the errand's, less one if the provider was certainly not asked
     * @param rest until somebody sets out again
     */
    record Unknown(Errand errand, int attempts, Duration rest) implements Outcome {}
}
