package io.orderly.coordinator.peer;

/** The bytes are no message. The connection they came on is closed: nothing after them can be trusted. */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedMessageException(String reason) {
        super(reason);
    }

    MalformedMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
