package io.orderly.lab.load;

/** What a customer is after, and so what should become of her order if nothing else goes wrong. */
public enum OrderScenario {
    /** Something that can be had: the order is confirmed. */
    ORDINARY,
    /** More than the account covers: the order is rejected, and what was reserved is released. */
    UNPAYABLE,
    /** A parcel to where none go: the order is rejected, and the payment given back. */
    UNDELIVERABLE,
    /** More units than there are: the order is rejected by the first step. */
    OUT_OF_STOCK,
    /** A product that does not exist: the request is refused, and nothing is stored. */
    UNKNOWN_PRODUCT,
    /** Something that can be had, but the customer cancels at once: confirmed or cancelled, whichever comes first. */
    CANCELLED_AT_ONCE
}
