package io.orderly.partitions;

/** A text is no partition map. The message says why, and does not repeat the text. */
public final class MalformedMapException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMapException(String reason) {
        super(reason);
    }
}
