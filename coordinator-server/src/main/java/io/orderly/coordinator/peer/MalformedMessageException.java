package io.orderly.coordinator.peer;

/** The bytes are no message. Their connection is closed, since the following bytes may be invalid, too. */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedMessageException(String reason) {
        super(reason);
    }

    MalformedMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
