package io.orderly.payment.charging;

/** What the provider knows of a payment. */
public sealed interface ProviderAnswer {

    /** The amount is taken. */
    record Charged() implements ProviderAnswer {}

    /**
     * Nothing is taken, and asking again under the same key gets the same answer.
     *
     * @param detail the provider's reason
     */
    record Declined(String detail) implements ProviderAnswer {}

    /** Nothing is taken, and a charge that comes later will take nothing. */
    record Voided() implements ProviderAnswer {}

    /** The amount was taken and given back. */
    record Refunded() implements ProviderAnswer {}
}
