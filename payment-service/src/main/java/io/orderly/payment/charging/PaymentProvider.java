package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import java.util.Optional;

/**
 * Whoever takes the money. Each payment has one idempotency key there, so everything may be asked any number of times.
 *
 * <p>All methods throw {@link ProviderUnavailableException} if the outcome is unknown, and {@link RequestRefusedException}
 * if the provider does not take the request. A decline is an answer, not an exception.
 */
public interface PaymentProvider {

    /** Takes the amount, unless the payment was declined or reversed before. */
    ProviderAnswer charge(OrderId orderId, Charge charge);

    /** Undoes the payment, whatever became of it: gives back what was taken, and sees to it that nothing will be. */
    ProviderAnswer reverse(OrderId orderId);

    /** @return what is known of the payment; empty if it was never asked for */
    Optional<ProviderAnswer> find(OrderId orderId);
}
