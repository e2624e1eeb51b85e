package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import java.util.Optional;

/**
 * The payment provider. Each payment has one idempotency key there, so every call may be repeated.
 *
 * <p>All methods throw {@link ProviderUnavailableException} if the outcome is unknown, and {@link
 * RequestRefusedException} if the provider rejects the request. A decline is an answer, not an exception.
 */
public interface PaymentProvider {

    /** Charges the amount, unless the payment was declined or reversed before. */
    ProviderAnswer charge(OrderId orderId, Charge charge);

    /**
     * Reverses the payment in any state: refunds a captured amount, and makes the provider refuse a charge that arrives
     * later.
     */
    ProviderAnswer reverse(OrderId orderId);

    /** @return the provider's current answer for the payment; empty if the provider has not seen its key */
    Optional<ProviderAnswer> find(OrderId orderId);
}
