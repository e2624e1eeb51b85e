package io.orderly.coordinator.store;

/**
 * Bytes were written by a newer program. A node that reads such a command must stop: if it skipped the command, its state would
 * differ from that of the other nodes.
 */
public final class NewerFormatException extends RuntimeException {

    NewerFormatException(String what, int version, int known) {
        super("%s has version %d, this program knows versions up to %d; start the newer program"
                .formatted(what, version, known));
    }
}
