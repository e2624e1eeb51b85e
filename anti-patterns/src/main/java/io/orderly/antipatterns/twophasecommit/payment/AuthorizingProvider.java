package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import java.util.Optional;

/**
 * Whoever takes the money, asked in two steps: first to hold it, later to take it or to give it up. Under the same keys as
 * {@link io.orderly.payment.charging.PaymentProvider}, and with the same exceptions.
 */
interface AuthorizingProvider {

    /**
     * Holds the amount.
     *
     * @return why it does not; empty if it is held
     */
    Optional<Decline> authorize(OrderId orderId, Charge charge);

    /** Takes what is held; taken already is as good. */
    void capture(OrderId orderId);

    /** Gives up what is held, and refuses to hold it if that is asked for later. */
    void giveUp(OrderId orderId);
}
