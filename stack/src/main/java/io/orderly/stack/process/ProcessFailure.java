package io.orderly.stack.process;

import org.jspecify.annotations.Nullable;

/**
 * A process could not be started, did not become ready, ended unasked, or cannot be asked or read. The message is for the
 * person at the terminal.
 */
public final class ProcessFailure extends RuntimeException {

    public ProcessFailure(String message) {
        super(message);
    }

    public ProcessFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
