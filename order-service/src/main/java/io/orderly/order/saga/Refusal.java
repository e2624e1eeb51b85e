package io.orderly.order.saga;

/** Why the state of a saga does not allow a request. */
public enum Refusal {
    ENDED("The saga has ended."),
    PIVOT_PASSED("The shipment is scheduled, so the order can only be confirmed."),
    ALREADY_REJECTING("The order is already being rejected."),
    ALREADY_COMPENSATING("The order is already being compensated."),
    ALREADY_PARKED("The saga is already parked."),
    NOT_PARKED("The saga is not parked, so there is nothing to retry.");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    /** A sentence for humans. */
    public String message() {
        return message;
    }
}
