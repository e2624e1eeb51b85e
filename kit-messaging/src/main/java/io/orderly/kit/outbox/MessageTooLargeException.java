package io.orderly.kit.outbox;

/**
 * A message larger than the broker accepts. It is rejected before it is stored, so that it cannot block the messages behind
 * it.
 */
public final class MessageTooLargeException extends RuntimeException {

    MessageTooLargeException(String type, int bytes, int limitBytes) {
        super("a " + type + " of " + bytes + " bytes exceeds the limit of " + limitBytes);
    }
}
