package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import java.util.Optional;

/**
 * The payment provider with separate authorization and capture. Uses the same keys and exceptions as {@link
 * io.orderly.payment.charging.PaymentProvider}.
 */
interface AuthorizingProvider {

    /**
     * Holds the amount.
     *
     * @return the reason if the amount is declined; empty if it is held
     */
    Optional<Decline> authorize(OrderId orderId, Charge charge);

    /** Captures the held amount; has no effect if it is already captured. */
    void capture(OrderId orderId);

    /** Voids the held amount, and makes the provider refuse a later authorization. */
    void voidAuthorization(OrderId orderId);
}
