package io.orderly.stack.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a process could not be started, is not ready, exited unexpectedly, or does not respond. The message is
 * shown to the user.
 */
public final class ProcessFailure extends RuntimeException {

    public ProcessFailure(String message) {
        super(message);
    }

    public ProcessFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
