package io.orderly.coordinator.peer;

/** The bytes are of another version of the peer protocol. */
final class OtherFormatException extends Exception {

    private static final long serialVersionUID = 1;

    OtherFormatException(int format) {
        super("it speaks version %d of the peer protocol, not %d".formatted(format, Handshake.FORMAT));
    }
}
