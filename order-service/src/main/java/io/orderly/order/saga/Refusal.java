package io.orderly.order.saga;

/** Why a saga does not do what it was asked for. */
public enum Refusal {
    ENDED("The saga has ended."),
    PIVOT_PASSED("The shipment is scheduled; from here on the order will be confirmed."),
    ALREADY_REJECTING("The order is being rejected already."),
    ALREADY_COMPENSATING("What was done for the order is being undone already."),
    ALREADY_PARKED("The saga is parked already."),
    NOT_PARKED("The saga is not parked; it goes on by itself.");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    /** A sentence for people. */
    public String message() {
        return message;
    }
}
