package io.orderly.payment.charging;

/** Where a payment stands. */
public enum PaymentState {
    /** The amount is held; whether the provider has taken it is not known yet. */
    INTENDED,
    /** The provider took the amount. */
    CHARGED,
    /** Nothing was taken: the account does not cover it, or the provider said no. */
    DECLINED,
    /** To be undone, and not known whether the provider has taken anything. */
    VOIDING,
    /** Undone before anything was taken. */
    VOIDED,
    /** To be given back. */
    REFUNDING,
    /** Taken, and given back. */
    REFUNDED;

    /** Whether it waits for an answer of the provider. */
    public boolean isOpen() {
        return switch (this) {
            case INTENDED, VOIDING, REFUNDING -> true;
            case CHARGED, DECLINED, VOIDED, REFUNDED -> false;
        };
    }

    /**
     * Whether the answer ends the wait. "Charged" does not end a reversal: it is the answer to the charge, and what becomes of
     * the amount depends on the answer to the reversal.
     */
    boolean isSettledBy(ProviderAnswer answer) {
        return switch (this) {
            case INTENDED -> true;
            case VOIDING, REFUNDING -> !(answer instanceof ProviderAnswer.Charged);
            case CHARGED, DECLINED, VOIDED, REFUNDED -> false;
        };
    }
}
