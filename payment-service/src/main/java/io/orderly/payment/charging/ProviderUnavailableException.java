package io.orderly.payment.charging;

/**
 * The provider was unreachable, did not answer in time, or sent an invalid answer: the outcome of the payment is
 * unknown.
 */
public final class ProviderUnavailableException extends RuntimeException {

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
