package io.orderly.provider.book;

/**
 * What a client asked to be paid. A key stands for one request: under another request it is refused.
 *
 * @param flow whether the money is to be taken at once
 * @param account whose money, in the client's words
 * @param money how much
 * @param reference what for, in the client's words: an order
 */
public record Request(Flow flow, String account, Money money, String reference) {

    /** How the money is taken. */
    public enum Flow {
        /** In one step. */
        CHARGE,
        /** Held first, taken by a capture. */
        AUTHORIZATION
    }
}
