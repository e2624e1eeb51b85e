package io.orderly.order.saga;

import io.orderly.contracts.SagaStep;

/**
 * Why an order was not fulfilled.
 *
 * @param reason a stable code such as {@code OUT_OF_STOCK}
 * @param detail a sentence for humans
 */
public record Cause(String reason, String detail) {

    static Cause timedOut(SagaStep step) {
        return new Cause("STEP_TIMED_OUT", step + " got no reply before its deadline.");
    }

    static Cause cancelledByCustomer() {
        return new Cause("CANCELLED_BY_CUSTOMER", "The customer cancelled the order.");
    }

    static Cause givenUpByOperator() {
        return new Cause("GIVEN_UP_BY_OPERATOR", "An operator gave up the order.");
    }
}
