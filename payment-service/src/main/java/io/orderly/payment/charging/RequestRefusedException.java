package io.orderly.payment.charging;

/**
 * The provider is available but rejects the request, because one of the two sides breaks the contract. A retry does not
 * help.
 */
public final class RequestRefusedException extends RuntimeException {

    public RequestRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
