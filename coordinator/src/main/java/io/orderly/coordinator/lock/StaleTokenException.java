package io.orderly.coordinator.lock;

/** Whoever tried this held the lock once; another has held it since. */
public final class StaleTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long token;
    private final long highestToken;

    StaleTokenException(long token, long highestToken) {
        super("token %d is older than %d".formatted(token, highestToken));
        this.token = token;
        this.highestToken = highestToken;
    }

    /** That of the one who was refused. */
    public long token() {
        return token;
    }

    /** The highest that was seen. */
    public long highestToken() {
        return highestToken;
    }
}
