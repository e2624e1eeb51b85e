package io.orderly.provider.journal;

/** The journal could not be written; whether the change survives a restart is unknown. */
public final class JournalFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JournalFailedException(Throwable cause) {
        super("The journal could not be written: " + cause.getMessage(), cause);
    }
}
