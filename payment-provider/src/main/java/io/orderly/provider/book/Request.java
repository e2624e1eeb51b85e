package io.orderly.provider.book;

/**
 * A client's request for a payment. A key belongs to one request; another request with the same key is refused.
 *
 * @param flow whether the amount is captured immediately
 * @param account the account to charge, as named by the client
 * @param money the amount
 * @param reference the purpose, as named by the client, such as an order id
 */
public record Request(Flow flow, String account, Money money, String reference) {

    /** How the amount is captured. */
    public enum Flow {
        /** Immediately. */
        CHARGE,
        /** Held first, and captured by a second instruction. */
        AUTHORIZATION
    }
}
