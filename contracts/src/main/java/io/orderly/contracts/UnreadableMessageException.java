package io.orderly.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A message that breaks its contract, so that a retry cannot succeed. Quotations from the message are made printable and
 * truncated, because the text appears in logs, lists and timelines.
 */
public final class UnreadableMessageException extends RuntimeException {

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(Printable.of(message, Require.MAX_PROSE_LENGTH), cause);
    }
}
