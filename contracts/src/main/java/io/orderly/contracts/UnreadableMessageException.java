package io.orderly.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A message that breaks its contract: reading it again will not help. What it quotes of the message is printable and cut, for
 * it goes into logs, lists and the story of a saga.
 */
public final class UnreadableMessageException extends RuntimeException {

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(Printable.of(message, Require.MAX_PROSE_LENGTH), cause);
    }
}
