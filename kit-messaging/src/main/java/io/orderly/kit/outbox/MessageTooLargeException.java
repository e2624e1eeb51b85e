package io.orderly.kit.outbox;

/** A message that the broker would not take; it is refused before it is stored, so that it cannot block those behind it. */
public final class MessageTooLargeException extends RuntimeException {

    MessageTooLargeException(String type, int bytes, int limitBytes) {
        super("a " + type + " of " + bytes + " bytes is over the limit of " + limitBytes);
    }
}
