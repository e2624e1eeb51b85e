package io.orderly.payment.charging;

/** The state of a payment. */
public enum PaymentState {
    /** The amount is held; the outcome of the charge at the provider is unknown. */
    INTENDED,
    /** The provider captured the amount. */
    CHARGED,
    /** Nothing was captured: the account does not cover the amount, or the provider declined. */
    DECLINED,
    /** To be reversed; whether the provider has captured the amount is unknown. */
    VOIDING,
    /** Reversed before anything was captured. */
    VOIDED,
    /** Captured, and to be refunded. */
    REFUNDING,
    /** Captured and refunded. */
    REFUNDED;

    /** Whether the payment waits for an answer of the provider. */
    public boolean isOpen() {
        return switch (this) {
            case INTENDED, VOIDING, REFUNDING -> true;
            case CHARGED, DECLINED, VOIDED, REFUNDED -> false;
        };
    }

    /**
     * Whether the answer settles a payment in this state. "Charged" does not settle a reversal: it answers the charge,
     * and the reversal is still to be answered.
     */
    boolean isSettledBy(ProviderAnswer answer) {
        return switch (this) {
            case INTENDED -> true;
            case VOIDING, REFUNDING -> !(answer instanceof ProviderAnswer.Charged);
            case CHARGED, DECLINED, VOIDED, REFUNDED -> false;
        };
    }
}
