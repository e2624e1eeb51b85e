package io.orderly.coordinator.lock;

/** A use with the token of an earlier holder: another client has held the lock since. */
public final class StaleTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long token;
    private final long highestToken;

    StaleTokenException(long token, long highestToken) {
        super("token %d is older than %d".formatted(token, highestToken));
        this.token = token;
        this.highestToken = highestToken;
    }

    /** The token that was refused. */
    public long token() {
        return token;
    }

    /** The highest token used before. */
    public long highestToken() {
        return highestToken;
    }
}
