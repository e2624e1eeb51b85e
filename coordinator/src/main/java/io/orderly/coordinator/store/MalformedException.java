package io.orderly.coordinator.store;

/** Bytes are not in the expected format. */
public final class MalformedException extends RuntimeException {

    MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
