package io.orderly.coordinator.peer;

/** A member of another version, whose bytes this one does not understand. */
final class OtherFormatException extends Exception {

    private static final long serialVersionUID = 1;

    OtherFormatException(int format) {
        super("it speaks version %d of the peer protocol, not %d".formatted(format, Handshake.FORMAT));
    }
}
