package io.orderly.coordinator.store;

/**
 * Bytes were written by a newer program. A node that meets such a command must stop: to pass over what others carry out would
 * make its state another than theirs.
 */
public final class NewerFormatException extends RuntimeException {

    NewerFormatException(String what, int version, int known) {
        super("%s has version %d, this program knows versions up to %d; start the newer program"
                .formatted(what, version, known));
    }
}
