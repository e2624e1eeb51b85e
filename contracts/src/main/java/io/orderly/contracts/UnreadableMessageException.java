package io.orderly.contracts;

import org.jspecify.annotations.Nullable;

/** A message that breaks its contract: reading it again will not help. */
public final class UnreadableMessageException extends RuntimeException {

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
