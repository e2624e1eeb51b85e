package io.orderly.payment.charging;

/**
 * The reason why a charge was declined.
 *
 * @param detail a sentence for people
 */
public record Decline(Reason reason, String detail) {

    /** The reason codes in the reply to the saga. */
    public enum Reason {
        INSUFFICIENT_FUNDS,
        /** The account has another currency; amounts are not exchanged. */
        CURRENCY_NOT_HELD,
        /** The amount is above the limit of a single charge. */
        CHARGE_LIMIT_EXCEEDED,
        DECLINED_BY_PROVIDER
    }
}
