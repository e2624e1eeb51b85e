package io.orderly.partitions.range;

/** A text is no range map. The message says why, and does not repeat the text. */
public final class MalformedRangeMapException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedRangeMapException(String reason) {
        super(reason);
    }
}
