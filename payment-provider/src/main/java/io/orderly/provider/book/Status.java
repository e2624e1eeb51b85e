package io.orderly.provider.book;

/** The status of a payment. Only {@link #AUTHORIZED} and {@link #CHARGED} can still change. */
public enum Status {
    /** The amount is held but not captured. */
    AUTHORIZED,
    /** The amount is captured. */
    CHARGED,
    /** The issuer declined; nothing is captured, and a repeated request with the same key gets the same answer. */
    DECLINED,
    /** Voided before anything was captured, possibly before the request arrived. */
    VOIDED,
    /** Captured and refunded. */
    REFUNDED
}
