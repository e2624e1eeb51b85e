package io.orderly.stack.process;

/** A process could not be started, did not become ready, or ended unasked. The message is for the person at the terminal. */
public final class ProcessFailure extends RuntimeException {

    public ProcessFailure(String message) {
        super(message);
    }

    public ProcessFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
