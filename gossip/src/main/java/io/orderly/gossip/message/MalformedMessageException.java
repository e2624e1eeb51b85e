package io.orderly.gossip.message;

/** The bytes are not a message of this version of the protocol and of this cluster. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean foreign;

    MalformedMessageException(String message, boolean foreign) {
        super(message, null, false, false);
        this.foreign = foreign;
    }

    /** Whether it is a message of another cluster or of another version of the protocol. */
    public boolean isForeign() {
        return foreign;
    }
}
