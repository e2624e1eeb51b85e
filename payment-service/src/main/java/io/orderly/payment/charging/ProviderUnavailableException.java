package io.orderly.payment.charging;

/** The provider could not be asked, or did not answer in time, or not properly: what became of the payment is unknown. */
public final class ProviderUnavailableException extends RuntimeException {

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
