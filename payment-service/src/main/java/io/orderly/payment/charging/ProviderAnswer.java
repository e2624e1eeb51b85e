package io.orderly.payment.charging;

/** The state of a payment at the provider. */
public sealed interface ProviderAnswer {

    /** The amount is captured. */
    record Charged() implements ProviderAnswer {}

    /**
     * Nothing is captured, and a repeated request with the same key gets the same answer.
     *
     * @param detail the provider's reason
     */
    record Declined(String detail) implements ProviderAnswer {}

    /** Nothing is captured, and a charge that arrives later captures nothing. */
    record Voided() implements ProviderAnswer {}

    /** The amount was captured and refunded. */
    record Refunded() implements ProviderAnswer {}
}
