package io.orderly.coordinator.gateway;

/** The body of a request is not JSON, or not that of the expected message. The message for the client contains the reason. */
final class InvalidBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidBodyException(String reason) {
        super(reason);
    }
}
