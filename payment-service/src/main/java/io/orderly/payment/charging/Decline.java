package io.orderly.payment.charging;

/**
 * Why a charge was declined.
 *
 * @param detail a sentence for people
 */
public record Decline(Reason reason, String detail) {

    /** The codes that the saga sees. */
    public enum Reason {
        INSUFFICIENT_FUNDS,
        /** The account is kept in another currency; nothing is exchanged. */
        CURRENCY_NOT_HELD,
        DECLINED_BY_PROVIDER
    }
}
