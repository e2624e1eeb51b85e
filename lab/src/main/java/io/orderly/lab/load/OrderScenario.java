package io.orderly.lab.load;

/** The scenario of an order, which determines its expected outcome without faults. */
public enum OrderScenario {
    /** The order can be fulfilled: it is confirmed. */
    ORDINARY,
    /** The total exceeds the account's balance: the order is rejected, and its reservations are released. */
    UNPAYABLE,
    /** The destination is not served: the order is rejected, and its payment is refunded. */
    UNDELIVERABLE,
    /** The quantity exceeds the stock: the first step rejects the order. */
    OUT_OF_STOCK,
    /** The product does not exist: the request is rejected, and nothing is stored. */
    UNKNOWN_PRODUCT,
    /**
     * The order can be fulfilled, but the customer cancels it immediately: it is confirmed or cancelled, whichever
     * comes first.
     */
    CANCELLED_AT_ONCE;

    /** Whether an order of this scenario has the outcome that it is entitled to, and a query its response. */
    public boolean endsRightly(OrderOutcome outcome) {
        return outcome == OrderOutcome.SERVED
                || switch (this) {
                    case ORDINARY -> outcome == OrderOutcome.CONFIRMED;
                    case UNPAYABLE, UNDELIVERABLE, OUT_OF_STOCK -> outcome == OrderOutcome.REJECTED;
                    case CANCELLED_AT_ONCE -> outcome == OrderOutcome.CONFIRMED || outcome == OrderOutcome.CANCELLED;
                    case UNKNOWN_PRODUCT -> false;
                };
    }
}
