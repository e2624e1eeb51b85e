package io.orderly.payment.charging;

/** The provider is well, and does not take the request: one of the two sides breaks the contract. Asking again is no use. */
public final class RequestRefusedException extends RuntimeException {

    public RequestRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
