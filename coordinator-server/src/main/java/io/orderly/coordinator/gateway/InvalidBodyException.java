package io.orderly.coordinator.gateway;

/** The body of a request is not JSON, or not that of the expected message. The message says why, for the client. */
final class InvalidBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidBodyException(String reason) {
        super(reason);
    }
}
