package io.orderly.provider.book;

/** Where a payment stands. Only {@link #AUTHORIZED} and {@link #CHARGED} can still change. */
public enum Status {
    /** The amount is held, not yet taken. */
    AUTHORIZED,
    /** The amount is taken. */
    CHARGED,
    /** The issuer said no; nothing was taken, and asking again under the same key gets the same answer. */
    DECLINED,
    /** Given up before anything was taken, perhaps even before it was asked for. */
    VOIDED,
    /** Taken and given back. */
    REFUNDED
}
